package io.eventagents.audit.log;

import org.jspecify.annotations.Nullable;

/**
 * A header of a logged record.
 *
 * @param name its name; several may have the same
 * @param text its value; null if it has none, or where that is not UTF-8
 */
public record LoggedHeader(String name, @Nullable String text) {}
