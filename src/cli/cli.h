/*
 * The command line: a command, a session file or a text. The only folder
 * beside app/ that prints or exits.
 */
#ifndef HEED_CLI_CLI_H
#define HEED_CLI_CLI_H

/* Returns the exit status: 0 done, 1 an error, 2 wrong usage. */
int heed_cli_main(int argc, char **argv);

#endif
