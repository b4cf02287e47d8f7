package io.eventagents.notification.receipt;

/**
 * A header of every mail that repeats its {@code Message-ID}, for a provider that replaces the id
 * and returns this header with its receipts.
 *
 * @param header the header's name
 */
public record MailMark(String header) {}
