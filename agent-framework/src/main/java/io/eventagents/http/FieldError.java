package io.eventagents.http;

/**
 * What is wrong with one field; a member of {@code errors} in a problem document.
 *
 * @param field its name as the client knows it, {@code owner_id} or {@code lines[2].sku}
 * @param message what it must be
 */
public record FieldError(String field, String message) {}
