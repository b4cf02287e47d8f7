package io.eventagents.notification.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventagents.notification.receipt.Receipt.Kind;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as servers write them that are not as strict as RFC 3464. */
class ReportShapesTests {

  private static final String ID = "<key@company.com>";
  private static final String UNKNOWN = "smtp; 550 No such user";

  private static final Receipt BOUNCED =
      Receipt.failed(Kind.EMAIL_BOUNCED, ID, null, UNKNOWN, true);

  private static final String ORIGINAL =
      """
      Content-Type: message/rfc822

      From: tasks@company.com
      Message-ID: <key@company.com>

      A task was created.
      """;

  /** SurfControl. */
  @Test
  void readsAReportThatSaysNothingOfTheServer() throws Exception {
    assertThat(
            read(
                """


                Action: failed
                Final-Recipient: rfc822;kim@example.com
                Diagnostic-Code: smtp; 550 No such user
                Status: 5.0.0




                """))
        .containsExactly(BOUNCED);
  }

  /** X3. */
  @Test
  void readsAReportWithAnEmptyLineWithinARecipient() throws Exception {
    assertThat(
            read(
                """
                Reporting-MTA: dns; mx.example.com

                Final-Recipient: rfc822; kim@example.com

                Action: failed
                Status: 5.1.1

                Diagnostic-Code: smtp; 550 No such user
                """))
        .containsExactly(BOUNCED);
  }

  /** AOL. */
  @Test
  void readsAReportWithoutAnEmptyLineBeforeTheRecipient() throws Exception {
    assertThat(
            read(
                """
                Reporting-MTA: dns; mx.example.com
                Arrival-Date: Wed, 15 Jan 2025 14:30:23 +0000
                Final-Recipient: rfc822; kim@example.com
                Original-Recipient: rfc822;kim@example.com
                Action: failed
                Status: 5.4.4
                Diagnostic-Code: smtp; 550 No such user
                """))
        .containsExactly(BOUNCED);
  }

  @Test
  void readsEachRecipientThoughNothingStandsBetweenThem() throws Exception {
    assertThat(
            read(
                """
                Reporting-MTA: dns; mx.example.com
                Final-Recipient: rfc822; lee@example.com
                Action: delivered
                Status: 2.0.0
                Final-Recipient: rfc822; kim@example.com
                Action: failed
                Status: 5.0.0
                Diagnostic-Code: smtp; 550 No such user
                """))
        .containsExactlyInAnyOrder(Receipt.delivered(Kind.EMAIL_DELIVERED, ID, null), BOUNCED);
  }

  @Test
  void readsAReportWhoseRecipientsBeginWithTheAction() throws Exception {
    assertThat(
            read(
                """
                Reporting-MTA: dns; mx.example.com

                Action: relayed
                Status: 2.0.0
                Final-Recipient: rfc822;lee@example.com

                Action: failed
                Status: 5.0.0 (the server refused the address)
                Final-Recipient: rfc822;kim@example.com
                Diagnostic-Code: smtp; 550
                 No such user
                """))
        .containsExactly(BOUNCED);
  }

  /** The status of a recipient may stand before its address and its action. */
  @Test
  void readsTheFieldsOfAGroupAsThoseOfOneRecipient() throws Exception {
    ReceiptBatch batch =
        DeliveryReport.read(
            report(
                """
                Reporting-MTA: dns; mx.example.com

                Final-Recipient: rfc822; lee@example.com
                Action: failed
                Diagnostic-Code: smtp; 450 wait

                Status: 5.1.1
                Diagnostic-Code: smtp; 550 No such user
                Action: failed
                Final-Recipient: rfc822; kim@example.com
                """));

    assertThat(batch.receipts())
        .containsExactly(Receipt.failed(Kind.EMAIL_BOUNCED, ID, null, "smtp; 450 wait", false));
  }

  @Test
  void readsAStatusThatStandsBeforeTheRecipientsAction() throws Exception {
    assertThat(
            read(
                """
                Final-Recipient: rfc822; lee@example.com
                Action: delivered

                Status: 5.1.1
                Diagnostic-Code: smtp; 550 No such user
                Action: failed
                Final-Recipient: rfc822; kim@example.com
                """))
        .containsExactlyInAnyOrder(Receipt.delivered(Kind.EMAIL_DELIVERED, ID, null), BOUNCED);
  }

  @Test
  void readsTheOthersIfARecipientIsMalformed() throws Exception {
    ReceiptBatch batch =
        DeliveryReport.read(
            report(
                """
                Reporting-MTA: dns; mx.example.com

                Final-Recipient: rfc822; lee@example.com
                ction: failed
                no field at all

                Final-Recipient: rfc822; kim@example.com
                Action: failed
                Status: 5.0.0
                Diagnostic-Code: smtp; 550 No such user
                """));

    assertThat(batch.receipts()).containsExactly(BOUNCED);
    assertThat(batch.malformed())
        .extracting(Throwable::getMessage)
        .containsExactly("The report says no action for 1 of 2 recipients");
  }

  /** SendGrid's own server: it gave up, and knows no status. */
  @Test
  void readsThatAMailExpired() throws Exception {
    assertThat(
            read(
                """
                X-SendGrid-Sender:
                Arrival-Date: 2025-01-15 14-30-23

                Final-Recipient: rfc822; kim@example.com
                Action: expired
                Status:
                Diagnostic-Code: Connection timed out
                """))
        .containsExactly(
            Receipt.failed(Kind.EMAIL_BOUNCED, ID, null, "Connection timed out", false));
  }

  @ParameterizedTest
  @CsvSource({
    "5.1.1, smtp; 450 wait, true",
    "4.4.7, smtp; 550 expired, false",
    "'', smtp; 550 unknown, true",
    "'', smtp; 450 wait, false",
    "'', 550 5.1.1 unknown, true",
    "failed, smtp; 550 unknown, true",
    "2.0.0, smtp; 250 queued, false",
    "'', x-unix; 67, false"
  })
  void readsWhetherTheNextMailFailsToo(String status, String diagnosis, boolean permanent)
      throws Exception {
    assertThat(
            read(
                """
                Reporting-MTA: dns; mx.example.com

                Final-Recipient: rfc822; kim@example.com
                Action: failed
                Status: %s
                Diagnostic-Code: %s
                """
                    .formatted(status, diagnosis)))
        .containsExactly(Receipt.failed(Kind.EMAIL_BOUNCED, ID, null, diagnosis, permanent));
  }

  @ParameterizedTest
  @CsvSource({
    "5.1.1, smtp; 550 no such user, true",
    "5.0.0, smtp; 550 5.1.1 no such user, true",
    "5.0.0, smtp; 550 no such user, false",
    "5.2.2, smtp; 552 full, false",
    "4.1.1, smtp; 450 wait, false"
  })
  void readsWhetherThereIsSuchAMailbox(String status, String diagnosis, boolean gone)
      throws Exception {
    String fields =
        "Final-Recipient: rfc822; kim@example.com\nAction: failed\nStatus: %s\nDiagnostic-Code: %s\n"
            .formatted(status, diagnosis);

    assertThat(DeliveryReport.read(report(fields)).receipts())
        .extracting(Receipt::addressGone)
        .containsExactly(gone);
  }

  /** OpenSMTPD. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/mixed; boundary=b",
        "multipart/report; boundary=b",
        "multipart/report; report-type=\"delivery-status\"; boundary=b",
        "Multipart/Report; Report-Type=Delivery-Status; Boundary=b"
      })
  void readsAReportWhateverItSaysThatItIs(String type) throws Exception {
    assertThat(
            receipts(
                mail("Content-Type: " + type, "--b", status(failed()), "--b", ORIGINAL, "--b--")))
        .containsExactly(BOUNCED);
  }

  @Test
  void readsAReportWithinAnotherMultipart() throws Exception {
    assertThat(
            receipts(
                mail(
                    "Content-Type: multipart/mixed; boundary=outer",
                    "--outer",
                    "Content-Type: text/plain\n\nA notice of the gateway.",
                    "--outer",
                    "Content-Type: multipart/report; boundary=b\n",
                    "--b",
                    status(failed()),
                    "--b",
                    ORIGINAL,
                    "--b--",
                    "--outer--")))
        .containsExactly(BOUNCED);
  }

  /** A gateway for viruses sends the report on as an attachment. */
  @Test
  void readsAReportThatIsAttached() throws Exception {
    assertThat(
            receipts(
                mail(
                    "Content-Type: multipart/mixed; boundary=outer",
                    "--outer",
                    "Content-Type: text/plain\n\nNo virus was found.",
                    "--outer",
                    "Content-Type: message/rfc822\n",
                    "Subject: Returned mail",
                    "Content-Type: multipart/report; boundary=b\n",
                    "--b",
                    status(failed()),
                    "--b",
                    ORIGINAL,
                    "--b--",
                    "--outer--")))
        .containsExactly(BOUNCED);
  }

  @Test
  void readsAReportWithAPartThatCannotBeTakenApart() throws Exception {
    assertThat(
            receipts(
                mail(
                    "Content-Type: multipart/report; boundary=b",
                    "--b",
                    "Content-Type: multipart/alternative\n\nFor people.",
                    "--b",
                    status(failed()),
                    "--b",
                    ORIGINAL,
                    "--b--")))
        .containsExactly(BOUNCED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "message/rfc822\n\n\nMessage-ID: <key@company.com>",
        "message/rfc822\n\nMessage-ID: (ours) <key@company.com>\nSubject: x",
        "message/rfc822\n\nMessage-Id:\n <key@company.com>",
        "text/rfc822-headers\n\nMESSAGE-ID: <key@company.com>",
        "message/rfc822-headers\n\nMessage-ID: <key@company.com>",
        "message/partial; number=1; total=1\n\nMessage-ID: <key@company.com>",
        "message/global-headers\n\nMessage-ID: <key@company.com>"
      })
  void findsTheMailHoweverItComesBack(String original) throws Exception {
    assertThat(
            receipts(
                mail(
                    "Content-Type: multipart/report; boundary=b",
                    "--b",
                    status(failed()),
                    "--b",
                    "Content-Type: " + original,
                    "--b--")))
        .containsExactly(BOUNCED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b--",
        "Content-Type: multipart/mixed\n\nHello",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n"
            + "Message-ID: <key@company.com>\n\nAction: failed\n--b--"
      })
  void leavesMailsThatAreNoReports(String text) throws Exception {
    ReceiptBatch batch = DeliveryReport.read(mail(text));

    assertThat(batch.isEmpty()).isTrue();
  }

  @Test
  void saysThatAReportHasNoRecipient() {
    assertThatThrownBy(() -> read("Reporting-MTA: dns; mx.example.com\n"))
        .isInstanceOf(MalformedReceipt.class)
        .hasMessage("The report names no recipient");
  }

  /** What is said of the next mail to the address is another matter. */
  private static List<Receipt> receipts(MimeMessage report) throws Exception {
    return DeliveryReport.read(report).receipts().stream()
        .map(receipt -> receipt.ofAnAddressThatIsGone(false))
        .toList();
  }

  private static List<Receipt> read(String fields) throws Exception {
    return receipts(report(fields));
  }

  private static String failed() {
    return """
    Reporting-MTA: dns; mx.example.com

    Final-Recipient: rfc822; kim@example.com
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550 No such user
    """;
  }

  private static String status(String fields) {
    return "Content-Type: message/delivery-status\n\n" + fields;
  }

  private static MimeMessage report(String fields) throws Exception {
    return mail(
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "--b",
        "Content-Type: text/plain\n\nThe mail was not delivered.",
        "--b",
        status(fields),
        "--b",
        ORIGINAL,
        "--b--");
  }

  private static MimeMessage mail(String header, String... parts) throws Exception {
    String text = header + "\n\n" + String.join("\n", parts) + "\n";
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(UTF_8)));
  }
}
