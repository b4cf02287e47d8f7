package io.eventagents.notification.email;

import io.eventagents.notification.socket.Deadline;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.mail.health.MailHealthIndicator;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Spring Boot's look at the mail server, with an end: its time limits are those of a read, and a
 * server that sends a byte now and then would hold whoever asks for health.
 */
final class MailServerHealth extends MailHealthIndicator {

  private final SmtpServer server;

  MailServerHealth(JavaMailSenderImpl account, SmtpServer server) {
    super(account);
    this.server = server;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) throws Exception {
    Deadline.within(server.connectLimit(), () -> super.doHealthCheck(builder));
  }
}
