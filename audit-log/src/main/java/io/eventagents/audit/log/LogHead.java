package io.eventagents.audit.log;

import java.time.Instant;

/**
 * How far the log is on disk, and what stands for all of it.
 *
 * @param end where the last line ends
 * @param lines how many lines the log has
 * @param chain the hash of the last line, in hexadecimal
 * @param loggedAt when the last line was logged
 */
public record LogHead(LogPlace end, long lines, String chain, Instant loggedAt) {}
