package io.eventagents.local.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailServerTests {

  private final int smtp = freePort();
  private final int imap = freePort();

  @Test
  void acceptsMailsForAnyoneAndServesThemOverImapEvenAfterARestart(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("inbox.jsonl");
    try (Inbox inbox = Inbox.open(file);
        MailServer server = MailServer.start(smtp, imap, inbox)) {
      send("Grüße & <script>", "Zeile eins\n.\nZeile drei – ☃");
      InboxEntry entry = InboxEntry.of(inbox.before(Long.MAX_VALUE, 1).getFirst());

      assertThat(server).isNotNull();
      assertThat(entry.title()).isEqualTo("Grüße & <script>");
      assertThat(entry.text()).isEqualToIgnoringNewLines("Zeile eins\n.\nZeile drei – ☃");
      assertThat(entry.fields())
          .contains(
              new InboxEntry.Field("From", "Jürgen <from@company.com>"),
              new InboxEntry.Field("To", "user-456@company.com"),
              new InboxEntry.Field("Delivered to", "user-456@company.com"));
      assertThat(subjectsOverImap()).containsExactly("Grüße & <script>");
    }
    try (Inbox inbox = Inbox.open(file);
        MailServer again = MailServer.start(smtp, imap, inbox)) {
      assertThat(again).isNotNull();
      assertThat(subjectsOverImap()).containsExactly("Grüße & <script>");
    }
  }

  @Test
  void returnsMailsToAddressesThatBounce(@TempDir Path directory) throws Exception {
    try (Inbox inbox = Inbox.open(directory.resolve("inbox.jsonl"));
        MailServer server = MailServer.start(smtp, imap, inbox)) {
      send("bounce-1@company.com", "Hello", "Text");

      assertThat(server).isNotNull();
      assertThat(subjectsOverImap("from@company.com")).containsExactly("Undelivered: Hello");
      assertThat(subjectsOverImap("bounce-1@company.com")).isEmpty();
      assertThat(inbox.before(Long.MAX_VALUE, 10))
          .extracting(Received::address)
          .containsExactly("from@company.com", "bounce-1@company.com");
      assertThat(InboxEntry.of(inbox.before(Long.MAX_VALUE, 1).getFirst()).text())
          .contains("The mail to bounce-1@company.com could not be delivered");
    }
  }

  private void send(String subject, String text) throws Exception {
    send("user-456@company.com", subject, text);
  }

  private void send(String to, String subject, String text) throws Exception {
    Properties settings = new Properties();
    settings.put("mail.smtp.host", "127.0.0.1");
    settings.put("mail.smtp.port", smtp);
    MimeMessage mail = new MimeMessage(Session.getInstance(settings));
    mail.setFrom(new InternetAddress("from@company.com", "Jürgen", "UTF-8"));
    mail.setRecipients(MimeMessage.RecipientType.TO, to);
    mail.setSubject(subject, StandardCharsets.UTF_8.name());
    mail.setText(text, StandardCharsets.UTF_8.name());
    Transport.send(mail);
  }

  private String[] subjectsOverImap() throws Exception {
    return subjectsOverImap("user-456@company.com");
  }

  private String[] subjectsOverImap(String user) throws Exception {
    try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
      store.connect("127.0.0.1", imap, user, "anything");
      try (Folder folder = store.getFolder("INBOX")) {
        folder.open(Folder.READ_ONLY);
        String[] subjects = new String[folder.getMessageCount()];
        for (int i = 0; i < subjects.length; i++) {
          subjects[i] = folder.getMessage(i + 1).getSubject();
        }
        return subjects;
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
