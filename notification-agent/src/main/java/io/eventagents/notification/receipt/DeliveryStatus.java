package io.eventagents.notification.receipt;

import io.eventagents.notification.receipt.Receipt.Kind;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a {@code message/delivery-status} (RFC 3464, section 2). They are groups with empty
 * lines between them, first that of the server and then one for each recipient.
 *
 * <p>Some servers write one empty line more, within a recipient's group, or one less. So the fields
 * themselves decide: a group begins a recipient if it has an address or an action, and the
 * recipient before has such a field already. Else it continues that one. Within a group, the second
 * such field begins another.
 *
 * <p>The first recipient of each kind is kept, as each kind is published once. Our mails have one
 * recipient, so the first recipients of a hostile report with tens of thousands are enough.
 *
 * @param first the fields of the first recipient of each kind, by name
 * @param recipients the number of recipients
 * @param withoutAction the number of recipients whose fields do not state what happened
 */
record DeliveryStatus(Map<Kind, Map<String, String>> first, int recipients, int withoutAction) {

  private static final int MOST_RECIPIENTS = 1_000;

  private static final String ACTION = "Action";
  private static final String RECIPIENT = "Final-Recipient";
  private static final Set<String> ONE_OF_EACH =
      Set.of("action", "final-recipient", "original-recipient");

  static DeliveryStatus of(Part part) throws MessagingException, IOException {
    Recipients recipients = new Recipients();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(part.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder field = new StringBuilder();
      boolean empty = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) {
          empty = true;
          continue;
        }
        if (!Character.isWhitespace(line.charAt(0))) {
          recipients.add(field);
          field.setLength(0);
          if (empty) {
            recipients.endGroup();
          }
        }
        empty = false;
        field.append(' ').append(line.strip());
      }
      recipients.add(field);
    }
    recipients.endGroup();
    recipients.end();
    return new DeliveryStatus(recipients.first, recipients.number, recipients.withoutAction);
  }

  /** What the first word of an {@code Action} says. Comments may follow. */
  private static @Nullable Kind kind(String action) {
    int end = 0;
    while (end < action.length() && Character.isLetter(action.charAt(end))) {
      end++;
    }
    return switch (action.substring(0, end).toLowerCase(Locale.ROOT)) {
      case "failed", "expired" -> Kind.EMAIL_BOUNCED;
      case "delivered", "expanded" -> Kind.EMAIL_DELIVERED;
      // The mail is late, or was handed to a server that reports nothing.
      default -> null;
    };
  }

  /** Takes field after field. */
  private static final class Recipients {

    private final Map<Kind, Map<String, String>> first = new EnumMap<>(Kind.class);
    private Map<String, String> fields = none();
    private Map<String, String> group = none();
    private int number;
    private int withoutAction;

    void add(CharSequence field) {
      String text = field.toString();
      int colon = text.indexOf(':');
      if (colon < 0 || number == MOST_RECIPIENTS) {
        return;
      }
      String name = text.substring(0, colon).strip();
      String value = text.substring(colon + 1).strip();
      if (value.isEmpty()) {
        return;
      }
      if (isOneOfEach(name) && group.containsKey(name)) {
        endGroup();
      }
      group.putIfAbsent(name, value);
    }

    void endGroup() {
      if (group.keySet().stream().anyMatch(name -> isOneOfEach(name) && fields.containsKey(name))) {
        end();
      }
      group.forEach(fields::putIfAbsent);
      group = none();
    }

    void end() {
      String action = fields.get(ACTION);
      if (action != null) {
        number++;
        Kind kind = kind(action);
        if (kind != null) {
          first.putIfAbsent(kind, fields);
        }
      } else if (fields.containsKey(RECIPIENT)) {
        number++;
        withoutAction++;
      }
      fields = none();
    }

    private static boolean isOneOfEach(String name) {
      return ONE_OF_EACH.contains(name.toLowerCase(Locale.ROOT));
    }

    private static Map<String, String> none() {
      return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }
  }
}
