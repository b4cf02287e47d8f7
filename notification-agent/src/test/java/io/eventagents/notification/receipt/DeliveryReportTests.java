package io.eventagents.notification.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventagents.notification.receipt.Receipt.Kind;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DeliveryReportTests {

  private static final String ID = "<key@company.com>";

  @Test
  void readsABounce() throws Exception {
    assertThat(DeliveryReport.read(mail("bounced.eml")).receipts())
        .containsExactly(
            Receipt.failed(
                    Kind.EMAIL_BOUNCED,
                    ID,
                    Instant.parse("2025-01-15T14:31:00Z"),
                    "smtp; 550 5.1.1 <user-456@example.com>: Recipient address rejected: User unknown",
                    true)
                .ofAnAddressThatIsGone(true));
  }

  @Test
  void readsADelivery() throws Exception {
    assertThat(DeliveryReport.read(mail("delivered.eml")).receipts())
        .containsExactly(Receipt.delivered(Kind.EMAIL_DELIVERED, ID, null));
  }

  @Test
  void leavesAMailThatIsLate() throws Exception {
    assertThat(DeliveryReport.read(mail("delayed.eml")).receipts()).isEmpty();
  }

  @Test
  void saysWhatAReportLacks() {
    assertThatThrownBy(() -> DeliveryReport.read(mail("without-original.eml")))
        .isInstanceOf(MalformedReceipt.class)
        .hasMessage("The report does not say which mail it is about");
  }

  @Test
  void takesNoIdThatTheDatabaseRefuses() {
    for (String id : List.of("<" + "x".repeat(5_000) + "@company.com>", "<a\0b@company.com>")) {
      assertThatThrownBy(() -> DeliveryReport.read(mail("bounced.eml", id)))
          .isInstanceOf(MalformedReceipt.class);
    }
  }

  @Test
  void tellsReportsFromOtherMail() throws Exception {
    assertThat(DeliveryReport.is(mail("bounced.eml"))).isTrue();
    assertThat(DeliveryReport.is(mail("holiday.eml"))).isFalse();
  }

  private static MimeMessage mail(String file) throws Exception {
    return mail(file, ID);
  }

  private static MimeMessage mail(String file, String id) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(SignedReceipts.report(file, id).getBytes(UTF_8)));
  }
}
