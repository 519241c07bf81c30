/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Runs a program and tells whether it touched what it must not: `canary FOLDER PORT PROGRAM ARGUMENT...`.
 *
 * No file in FOLDER may be opened, and nobody may connect to PORT on 127.0.0.1. Exit status: that of the program, 99
 * when it touched one of them, 98 when this program itself fails.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TOUCHED = 99, BROKEN = 98 };

static int fail(const char *what)
{
	fprintf(stderr, "canary: %s: %s\n", what, strerror(errno));
	exit(BROKEN);
}

static int listen_on(int port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
	int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 8) != 0)
		fail("listen");
	return listener;
}

static int run(char **arguments)
{
	int status;
	pid_t child = fork();
	if (child < 0) fail("fork");
	if (child == 0) {
		execvp(arguments[0], arguments);
		fail(arguments[0]);
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR) fail("waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
	if (argc < 4) return BROKEN;
	int watch = inotify_init1(IN_CLOEXEC);
	if (watch < 0 || inotify_add_watch(watch, argv[1], IN_OPEN | IN_ACCESS) < 0) fail(argv[1]);
	int listener = listen_on((int)strtol(argv[2], NULL, 10));
	int status = run(argv + 3);
	struct pollfd waiting[2] = {{.fd = watch, .events = POLLIN}, {.fd = listener, .events = POLLIN}};
	if (poll(waiting, 2, 0) <= 0) return status;
	if (waiting[0].revents) printf("canary: a file in %s was opened\n", argv[1]);
	if (waiting[1].revents) printf("canary: port %s was connected to\n", argv[2]);
	return TOUCHED;
}
