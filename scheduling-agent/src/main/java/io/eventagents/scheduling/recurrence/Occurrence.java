package io.eventagents.scheduling.recurrence;

import java.time.Instant;

/**
 * One of the times of a series.
 *
 * @param number its place in the series, from 1
 * @param at when it is
 */
public record Occurrence(int number, Instant at) {}
