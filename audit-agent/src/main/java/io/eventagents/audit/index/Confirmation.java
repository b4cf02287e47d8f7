package io.eventagents.audit.index;

/**
 * An event that says what became of a delivery.
 *
 * @param number the number of its record in the index
 * @param data as JSON text
 */
public record Confirmation(long number, String eventType, String data) {}
