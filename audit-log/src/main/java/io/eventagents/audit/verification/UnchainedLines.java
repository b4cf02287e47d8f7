package io.eventagents.audit.verification;

/**
 * The lines at the beginning of a log that were written before lines had a chain.
 *
 * @param lines how many there are
 * @param sealed whether the first line with a chain takes them in: then they are unchanged since
 */
public record UnchainedLines(long lines, boolean sealed) {}
