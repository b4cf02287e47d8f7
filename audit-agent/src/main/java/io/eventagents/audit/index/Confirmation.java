package io.eventagents.audit.index;

/**
 * An event that tells what became of a delivery.
 *
 * @param number of its record in the index
 * @param data as JSON text
 */
public record Confirmation(long number, String eventType, String data) {}
