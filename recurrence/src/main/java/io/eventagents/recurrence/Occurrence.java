package io.eventagents.recurrence;

import java.time.Instant;

/**
 * One of the times that a series consists of.
 *
 * @param number its place in the series, from 1
 * @param at when it is
 */
public record Occurrence(int number, Instant at) {}
