package io.eventagents.notification.email;

import io.eventagents.notification.socket.Deadline;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.mail.health.MailHealthIndicator;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Spring Boot's health check of the mail server, with a limit for the whole check. The limits of
 * the mail session are per read, so a server that sends a byte now and then would block the health
 * request.
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
