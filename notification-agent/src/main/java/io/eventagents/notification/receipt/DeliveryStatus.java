package io.eventagents.notification.receipt;

import io.eventagents.notification.receipt.Receipt.Kind;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a {@code message/delivery-status} (RFC 3464, section 2). They are groups with empty
 * lines between them, first that of the server and then one for each recipient.
 *
 * <p>The groups are read one by one, and the first of each kind is kept, as each kind is published
 * once. Our mails have one recipient, so the first groups of a hostile report with tens of
 * thousands are enough.
 *
 * @param first the first recipient of each kind
 * @param recipients how many there are
 * @param withoutAction how many of them do not say what happened
 */
record DeliveryStatus(Map<Kind, InternetHeaders> first, int recipients, int withoutAction) {

  private static final int MOST_GROUPS = 1_000;

  static DeliveryStatus of(Part part) throws MessagingException, IOException {
    Map<Kind, InternetHeaders> first = new EnumMap<>(Kind.class);
    int recipients = 0;
    int withoutAction = 0;
    try (InputStream in = new BufferedInputStream(part.getInputStream())) {
      for (int groups = 0; groups < MOST_GROUPS && !isAtEnd(in); groups++) {
        InternetHeaders group = new InternetHeaders(in);
        String action = value(group, "Action");
        if (action != null || value(group, "Final-Recipient") != null) {
          recipients++;
        }
        if (action != null) {
          Kind kind = kind(action);
          if (kind != null) {
            first.putIfAbsent(kind, group);
          }
        } else if (value(group, "Final-Recipient") != null) {
          withoutAction++;
        }
      }
    }
    return new DeliveryStatus(first, recipients, withoutAction);
  }

  /** A field's value in one line; null if there is none. */
  static @Nullable String value(InternetHeaders headers, String name) {
    String value = headers.getHeader(name, null);
    return value == null || value.isBlank() ? null : MimeUtility.unfold(value).strip();
  }

  /** Some servers write more than one empty line between groups. */
  private static boolean isAtEnd(InputStream in) throws IOException {
    int next;
    do {
      in.mark(1);
      next = in.read();
    } while (next == '\r' || next == '\n');
    in.reset();
    return next < 0;
  }

  private static @Nullable Kind kind(String action) {
    return switch (action.toLowerCase(Locale.ROOT)) {
      case "failed" -> Kind.EMAIL_BOUNCED;
      case "delivered", "expanded" -> Kind.EMAIL_DELIVERED;
      // The mail is late, or was handed to a server that reports nothing.
      default -> null;
    };
  }
}
