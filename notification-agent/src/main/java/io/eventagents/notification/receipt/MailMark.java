package io.eventagents.notification.receipt;

/**
 * A header that every mail carries its {@code Message-ID} in once more, for a provider that
 * replaces the id and returns this header with its receipts.
 *
 * @param header the header's name
 */
public record MailMark(String header) {}
