/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Measures a command: `measure RUNS COMMAND [ARGUMENT...]` runs it RUNS times with its output thrown away, and prints
 * one line: median wall ms, least CPU ms (user and system), greatest resident KiB, exit status of the last run.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 1000 };

struct run {
	double wall_ms;
	double cpu_ms;
	long peak_kib;
	int status;
};

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double timeval_ms(struct timeval value)
{
	return (double)value.tv_sec * 1e3 + (double)value.tv_usec / 1e3;
}

static void run_child(char **command)
{
	int nowhere = open("/dev/null", O_RDWR);
	if (nowhere < 0 || dup2(nowhere, 0) < 0 || dup2(nowhere, 1) < 0 || dup2(nowhere, 2) < 0) _exit(126);
	execvp(command[0], command);
	_exit(127);
}

static bool run_once(char **command, struct run *run)
{
	double start = now_ms();
	pid_t child = fork();
	if (child < 0) return false;
	if (child == 0) run_child(command);
	int status;
	struct rusage used;
	if (wait4(child, &status, 0, &used) < 0) return false;
	run->wall_ms = now_ms() - start;
	run->cpu_ms = timeval_ms(used.ru_utime) + timeval_ms(used.ru_stime);
	run->peak_kib = used.ru_maxrss;
	run->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return true;
}

static int compare_doubles(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

static bool measure(long count, char **command)
{
	double walls[MOST_RUNS], cpu = 0;
	long peak = 0;
	struct run run = {0};
	for (long i = 0; i < count; i++) {
		if (!run_once(command, &run)) return false;
		walls[i] = run.wall_ms;
		if (i == 0 || run.cpu_ms < cpu) cpu = run.cpu_ms;
		if (run.peak_kib > peak) peak = run.peak_kib;
	}
	qsort(walls, (size_t)count, sizeof *walls, compare_doubles);
	printf("%.1f %.1f %ld %d\n", walls[count / 2], cpu, peak, run.status);
	return true;
}

int main(int argc, char **argv)
{
	char *end = NULL;
	long count = argc > 2 ? strtol(argv[1], &end, 10) : 0;
	if (count < 1 || count > MOST_RUNS || *end) {
		fprintf(stderr, "usage: measure RUNS COMMAND [ARGUMENT...], at most %d runs\n", MOST_RUNS);
		return 2;
	}
	return measure(count, argv + 2) ? 0 : 1;
}
