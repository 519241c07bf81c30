/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * TLS servers for tests: certificates and `openssl s_server` from the openssl program, made when a test runs.
 *
 * tls_make() fills a folder with ca.pem, other-ca.pem, good.pem, expired.pem, early.pem, self.pem, wrong.pem and
 * client.pem, each with <name>.key; client.key has the password "geheim". They are for localhost and 127.0.0.1, except
 * wrong.pem.
 */
#ifndef KEUR_TESTS_TLS_H
#define KEUR_TESTS_TLS_H

#include "support/client.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

struct tls_server {
	pid_t pid;
	uint16_t port;
	int to, from; /* standard input and output of s_server */
	int claim;    /* keeps its port from others until s_server has it, and after */
};

static inline void tls_run(const char *folder, const char *command)
{
	char line[2048];
	(void)snprintf(line, sizeof line, "cd '%s' && ( %s ) >>log 2>&1", folder, command);
	if (system(line) != 0) fail_msg("failed: %s (see %s/log)", command, folder);
}

#define TLS_EC "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1"
#define TLS_NAMES "-addext subjectAltName=DNS:localhost,IP:127.0.0.1"

static inline void tls_sign(const char *folder, const char *name, const char *names, const char *days)
{
	char line[1024];
	(void)snprintf(line, sizeof line,
			"openssl req -new " TLS_EC " -nodes -keyout %s.key -subj /CN=%s -addext subjectAltName=%s -out %s.csr && "
			"openssl x509 -req -in %s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -copy_extensions copy %s -out %s.pem",
			name, name, names, name, name, days, name);
	tls_run(folder, line);
}

static inline void tls_make(const char *folder)
{
	const char *here = "DNS:localhost,IP:127.0.0.1";
	tls_run(folder, "openssl req -x509 " TLS_EC " -nodes -keyout ca.key -subj /CN=Test-CA -days 30 -out ca.pem");
	tls_run(folder,
			"openssl req -x509 " TLS_EC " -nodes -keyout other-ca.key -subj /CN=Other -days 30 -out other-ca.pem");
	tls_run(folder, "openssl req -x509 " TLS_EC " -nodes -keyout self.key -subj /CN=localhost " TLS_NAMES
					" -days 30 -out self.pem");
	tls_sign(folder, "good", here, "-days 30");
	tls_sign(folder, "expired", here, "-days -1");
	tls_sign(folder, "wrong", "DNS:elsewhere.example", "-days 30");
	tls_sign(folder, "client", "DNS:client.example", "-days 30");
	tls_sign(folder, "early", here, "-days 30");
	tls_run(folder,
			"printf '[ca]\\ndefault_ca=d\\n[d]\\ndatabase=index\\nserial=serial\\nnew_certs_dir=.\\n"
			"default_md=sha256\\npolicy=p\\nunique_subject=no\\n[p]\\ncommonName=supplied\\n' >ca.conf && : >index "
			"&& echo 77 >serial && openssl ca -batch -notext -config ca.conf -cert ca.pem -keyfile ca.key "
			"-in early.csr -startdate 20400101000000Z -enddate 20410101000000Z -out early.pem");
	tls_run(folder,
			"openssl pkey -in client.key -aes256 -passout pass:geheim -out locked.key && mv locked.key client.key");
}

/* Claims a port that nobody has: bound and not listening, so that s_server, which reuses addresses too, may take it. */
static inline uint16_t tls_claim_port(int *claim)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t length = sizeof at;
	int on = 1;
	*claim = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(*claim, (struct sockaddr *)&at, length), 0);
	assert_int_equal(setsockopt(*claim, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), 0);
	assert_int_equal(getsockname(*claim, (struct sockaddr *)&at, &length), 0);
	return ntohs(at.sin_port);
}

/* Looks whether the port listens without making a connection, which the server would count. */
static inline bool tls_listens(uint16_t port)
{
	char line[256], wanted[64];
	bool found = false;
	(void)snprintf(wanted, sizeof wanted, ": 0100007F:%04X 00000000:0000 0A ", port);
	FILE *file = fopen("/proc/net/tcp", "r");
	while (file && !found && fgets(line, sizeof line, file))
		found = strstr(line, wanted) != NULL;
	if (file) fclose(file);
	return found;
}

/* Starts `openssl s_server` in the folder with these words, split at spaces. */
static inline void tls_start(struct tls_server *server, const char *folder, const char *words)
{
	char accept_at[32], copy[512], *argv[32] = {"openssl", "s_server", "-accept", accept_at};
	int argc = 4, in[2], out[2];
	server->port = tls_claim_port(&server->claim);
	(void)snprintf(accept_at, sizeof accept_at, "127.0.0.1:%u", server->port);
	(void)snprintf(copy, sizeof copy, "%s", words);
	for (char *word = copy; word && argc < 31; argc++) {
		argv[argc] = word;
		word = strchr(word, ' ');
		if (word) *word++ = '\0';
	}
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	server->pid = fork();
	if (server->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (chdir(folder) != 0) _exit(126);
		dup2(in[0], 0);
		dup2(out[1], 1);
		dup2(open("server-log", O_WRONLY | O_CREAT | O_APPEND, 0600), 2);
		execvp("openssl", argv);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	server->to = in[1];
	server->from = out[0];
	for (int i = 0; i < 2000 && !tls_listens(server->port); i++)
		usleep(5000);
	assert_true(tls_listens(server->port));
}

static inline void tls_stop(struct tls_server *server)
{
	kill(server->pid, SIGKILL);
	waitpid(server->pid, NULL, 0);
	close(server->to);
	close(server->from);
	close(server->claim);
}

/* GET of the server by this name of its host. */
static inline const struct exchange *tls_get(struct session *session, const struct tls_server *server, const char *host)
{
	return session_get(session, str_printf(session->arena, "https://%s:%u/", host, server->port).ptr);
}

#endif
