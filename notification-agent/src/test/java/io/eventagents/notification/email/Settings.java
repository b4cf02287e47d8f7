package io.eventagents.notification.email;

import java.time.Duration;

final class Settings {

  private Settings() {}

  static EmailProperties of(Duration timeout) {
    return of(timeout, 8, Duration.ofSeconds(10), 100);
  }

  static EmailProperties of(Duration timeout, int connections, Duration idle, int mails) {
    return new EmailProperties(
        null, "tasks@company.com", null, connections, idle, mails, timeout, timeout, timeout);
  }
}
