package io.eventagents.local.inbox;

import com.icegreen.greenmail.util.GreenMailUtil;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message as the page shows it.
 *
 * @param received the message
 * @param title the subject, the channel or the phone number
 * @param fields the fields under the title
 * @param text the text for people to read
 */
record InboxEntry(Received received, String title, List<Field> fields, String text) {

  /**
   * @param name the name of the mail's header or of the JSON field
   * @param value the decoded value
   */
  record Field(String name, String value) {}

  static InboxEntry of(Received received) {
    return switch (received.kind()) {
      case MAIL -> mail(received);
      case SLACK, TEAMS, SMS, PUSH, WEBHOOK -> PostEntry.of(received);
    };
  }

  private static InboxEntry mail(Received received) {
    MimeMessage mail = GreenMailUtil.newMimeMessage(received.source());
    try {
      List<Field> fields = new ArrayList<>();
      for (String name : List.of("From", "To", "Cc", "Date", "Message-ID")) {
        String value = mail.getHeader(name, ", ");
        if (value != null) {
          fields.add(new Field(name, decoded(value)));
        }
      }
      fields.add(new Field("Delivered to", received.address()));
      String subject = mail.getSubject();
      return new InboxEntry(
          received, subject == null ? "(no subject)" : subject, fields, text(mail));
    } catch (MessagingException | IOException e) {
      return new InboxEntry(
          received,
          "(unreadable mail)",
          List.of(),
          "It cannot be read as a mail: " + e.getMessage());
    }
  }

  private static String decoded(String header) throws IOException {
    return MimeUtility.decodeText(MimeUtility.unfold(header));
  }

  private static String text(Part part) throws MessagingException, IOException {
    String found = firstText(part, "text/plain");
    if (found == null) {
      found = firstText(part, "text/html");
    }
    return found == null ? "(no text)" : found;
  }

  private static @Nullable String firstText(Part part, String type)
      throws MessagingException, IOException {
    if (part.isMimeType(type)) {
      return String.valueOf(part.getContent());
    }
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inner = parts.getBodyPart(i);
        String found = firstText(inner, type);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
