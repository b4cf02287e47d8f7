package io.eventagents.audit.verification;

/**
 * Gaps of a kind.
 *
 * @param because why the offsets are missing
 * @param gaps how many gaps
 * @param offsets how many offsets
 */
public record GapCount(String because, long gaps, long offsets) {}
