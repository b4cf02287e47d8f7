package io.eventagents.notification.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventagents.DependencyUnavailable;
import io.eventagents.notification.receipt.Receipt.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class ReceiptSourceTests {

  private static final String ID = "<key@company.com>";
  private static final Instant AT = Instant.parse("2025-01-15T14:31:00Z");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);

  private final List<URI> downloaded = new ArrayList<>();
  private final ReceiptSource ses = ses(this::download);
  private final ReceiptSource sendGrid = new SendGridReceipts(SignedReceipts.SENDGRID.getPublic());
  private final ReceiptSource postmark = new PostmarkReceipts("postmark", "s3cret");
  private final ReceiptSource twilio =
      new TwilioReceipts(SignedReceipts.TWILIO_URL, SignedReceipts.TWILIO_TOKEN);

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void readsADeliveryOfSes(String version) throws Exception {
    assertThat(ses.read(SignedReceipts.ses(version, sesDelivery())).receipts())
        .containsExactly(Receipt.delivered(Kind.EMAIL_DELIVERED, ID, AT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Permanent", "Transient", "Undetermined", "Delayed", ""})
  void readsABounceOfSes(String type) throws Exception {
    assertThat(ses.read(SignedReceipts.ses("2", sesBounce(type))).receipts())
        .containsExactly(
            Receipt.failed(Kind.EMAIL_BOUNCED, ID, AT, "smtp; 550 5.1.1 User unknown", true)
                .ofAnAddressThatIsGone(true));
  }

  @ParameterizedTest
  @CsvSource({
    "Permanent, 4.4.7, smtp; 554 4.4.7 Message expired, false",
    "Permanent, '', smtp; 450 4.2.1 Busy, false",
    "Transient, '', smtp; 550 5.1.1 User unknown, true",
    "Transient, 5.2.2, '', true",
    "Transient, unknown, unknown, false",
    "Permanent, '', '', true",
    "'', '', '', false"
  })
  void believesTheStatusMoreThanTheTypeOfSes(
      String type, String status, String diagnosis, boolean permanent) throws Exception {
    String bounce =
        sesBounce(type)
            .replace("\"5.1.1\"", "\"" + status + "\"")
            .replace("smtp; 550 5.1.1 User unknown", diagnosis);

    assertThat(ses.read(SignedReceipts.ses("2", bounce)).receipts())
        .extracting(Receipt::permanent)
        .containsExactly(permanent);
  }

  @Test
  void takesAnEmptyTypeOfSesForNone() throws Exception {
    String delivery = sesDelivery().replaceFirst("\\{", "{\"eventType\": \"\", ");

    assertThat(ses.read(SignedReceipts.ses("2", delivery)).receipts())
        .containsExactly(Receipt.delivered(Kind.EMAIL_DELIVERED, ID, AT));
  }

  @Test
  void readsABounceOfSesWithoutRecipients() throws Exception {
    String bounce = sesBounce("Permanent").replaceAll("(?s)\\[\\{\"emailAddress.*?\\}\\]", "[]");

    assertThat(ses.read(SignedReceipts.ses("2", bounce)).receipts())
        .containsExactly(Receipt.failed(Kind.EMAIL_BOUNCED, ID, AT, "Permanent General", true));
  }

  @Test
  void readsWhatAConfigurationSetOfSesPublishes() throws Exception {
    assertThat(
            ses.read(
                    SignedReceipts.ses(
                        "2",
                        """
                        {"eventType": "Reject", "reject": {"reason": "Bad content"},
                         "mail": {"messageId": "010001", "headers": [{"name": "message-id", "value": "%s"}]}}
                        """
                            .formatted(ID)))
                .receipts())
        .containsExactly(
            Receipt.failed(
                Kind.EMAIL_BOUNCED, ID, null, "Amazon SES rejected the mail: Bad content", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Successfully validated SNS topic for Amazon SES event publishing.",
        "{\"notificationType\": \"Complaint\", \"mail\": {}}",
        "{\"eventType\": \"Open\", \"mail\": {}}"
      })
  void leavesWhatElseSesTells(String message) throws Exception {
    assertThat(ses.read(SignedReceipts.ses("2", message)).receipts()).isEmpty();
  }

  @Test
  void downloadsACertificateOnce() throws Exception {
    ses.read(SignedReceipts.ses("1", sesDelivery()));
    ses.read(SignedReceipts.ses("2", sesDelivery()));

    assertThat(downloaded).containsExactly(URI.create(SignedReceipts.CERTIFICATE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem",
        "https://evil.example/SimpleNotificationService-1.pem",
        "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-1.pem",
        "https://bucket.s3.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.s3.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.s3-us-west-2.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com/other.pem",
        "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem?x=y",
        "file:///etc/passwd",
        "not a url"
      })
  void takesACertificateFromAmazonOnly(String url) {
    assertThatThrownBy(
            () ->
                ses.read(SignedReceipts.ses(SignedReceipts.notification(sesDelivery()), "2", url)))
        .isInstanceOf(ForgedReceipt.class);
    assertThat(downloaded).isEmpty();
  }

  @Test
  void refusesWhatAnotherTopicSends() {
    Map<String, String> fields = SignedReceipts.notification(sesDelivery());
    fields.put("TopicArn", "arn:aws:sns:eu-west-1:999999999999:mine");

    assertThatThrownBy(() -> ses.read(SignedReceipts.ses(fields, "2", SignedReceipts.CERTIFICATE)))
        .isInstanceOf(ForgedReceipt.class)
        .hasMessageContaining("is not the configured one");
  }

  @Test
  void refusesWhatWasChangedAfterSesSignedIt() {
    String body =
        SignedReceipts.ses("2", sesDelivery())
            .text()
            .replace("key@company.com", "other@company.com");

    assertThatThrownBy(() -> ses.read(new ReceiptRequest(new HttpHeaders(), body.getBytes(UTF_8))))
        .isInstanceOf(ForgedReceipt.class)
        .hasMessage("The signature of Amazon SNS is wrong");
  }

  @Test
  void refusesACertificateThatExpired() {
    ReceiptSource inThreeHundredYears =
        new SesReceipts(
            SignedReceipts.TOPIC,
            new SnsCertificates(
                this::download, Clock.fixed(Instant.parse("2325-01-01T00:00:00Z"), ZoneOffset.UTC)),
            this::download);

    assertThatThrownBy(() -> inThreeHundredYears.read(SignedReceipts.ses("2", sesDelivery())))
        .isInstanceOf(ForgedReceipt.class);
  }

  @Test
  void letsSesRepeatIfItsCertificateCannotBeDownloaded() {
    ReceiptSource cutOff =
        ses(
            address -> {
              throw new IOException("no route");
            });

    assertThatThrownBy(() -> cutOff.read(SignedReceipts.ses("2", sesDelivery())))
        .isInstanceOf(DependencyUnavailable.class);
  }

  @Test
  @Timeout(60)
  void aDownloadThatDoesNotEndHoldsUpNoReceiptWhoseCertificateIsKnown() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    ReceiptSource stalled =
        ses(
            address -> {
              if (address.getPath().endsWith("other.pem")) {
                asked.countDown();
                awaitQuietly(over);
              }
              return download(address);
            });
    assertThat(stalled.read(SignedReceipts.ses("2", sesDelivery())).receipts()).hasSize(1);
    String other = SignedReceipts.CERTIFICATE.replace(".pem", "other.pem");
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    stalled.read(
                        SignedReceipts.ses(SignedReceipts.notification(sesDelivery()), "2", other));
                  } catch (ForgedReceipt | MalformedReceipt e) {
                    throw new IllegalStateException(e);
                  }
                });
    awaitQuietly(asked);
    try {
      assertThat(stalled.read(SignedReceipts.ses("2", sesDelivery())).receipts()).hasSize(1);
    } finally {
      over.countDown();
    }
    assertThat(waiting.join(Duration.ofSeconds(30))).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void confirmsTheSubscriptionToItsTopic() throws Exception {
    Map<String, String> fields = SignedReceipts.subscription();

    assertThat(ses.read(SignedReceipts.ses(fields, "2", SignedReceipts.CERTIFICATE)).receipts())
        .isEmpty();
    assertThat(downloaded).contains(URI.create(fields.get("SubscribeURL")));
  }

  @Test
  void confirmsNothingElsewhere() {
    Map<String, String> fields = SignedReceipts.subscription();
    fields.put("SubscribeURL", "http://169.254.169.254/latest/meta-data/");

    assertThatThrownBy(() -> ses.read(SignedReceipts.ses(fields, "2", SignedReceipts.CERTIFICATE)))
        .isInstanceOf(ForgedReceipt.class);
    assertThat(downloaded).doesNotContain(URI.create(fields.get("SubscribeURL")));
  }

  @Test
  void readsABatchOfSendGrid() throws Exception {
    assertThat(
            sendGrid
                .read(
                    SignedReceipts.sendGrid(
                        """
                        [{"event": "processed", "smtp-id": "%1$s", "timestamp": 1736951400},
                         {"event": "delivered", "smtp-id": "%1$s", "timestamp": 1736951460, "response": "250 OK"},
                         {"event": "bounce", "type": "bounce", "smtp-id": "%1$s", "timestamp": 1736951460,
                          "status": "5.1.1", "reason": "550 unknown"},
                         {"event": "bounce", "type": "blocked", "smtp-id": "%1$s", "timestamp": 1736951460,
                          "reason": "listed"},
                         {"event": "dropped", "smtp-id": "%1$s", "timestamp": 1736951460,
                          "reason": "Bounced Address"},
                         {"event": "open", "sg_message_id": "x", "timestamp": 1736951460}]
                        """
                            .formatted(ID)))
                .receipts())
        .containsExactly(
            Receipt.delivered(Kind.EMAIL_DELIVERED, ID, AT),
            Receipt.failed(Kind.EMAIL_BOUNCED, ID, AT, "5.1.1 550 unknown", true)
                .ofAnAddressThatIsGone(true),
            Receipt.failed(Kind.EMAIL_BOUNCED, ID, AT, "listed", false),
            Receipt.failed(Kind.EMAIL_BOUNCED, ID, AT, "Bounced Address", true)
                .ofAnAddressThatIsGone(true));
  }

  @ParameterizedTest
  @CsvSource({
    "bounce, bounce, 5.1.1, unknown, true, true",
    "bounce, bounce, '', '', true, true",
    "bounce, bounce, 4.2.2, 452 4.2.2 full, false, false",
    "bounce, bounce, 5.7.1, 550 5.7.1 listed, true, false",
    "bounce, '', 550, 550 unknown, true, true",
    "bounce, blocked, 5.2.2, 552 5.2.2 full, true, false",
    "bounce, blocked, 5.1.1, 550 5.1.1 unknown, true, true",
    "bounce, blocked, '', 550 5.1.1 unknown, true, true",
    "bounce, blocked, 550, 550 listed, true, false",
    "bounce, blocked, '', listed, false, false",
    "dropped, '', '', Bounced Address, true, true",
    "dropped, '', '', Unsubscribed Address, true, true",
    "dropped, '', '', Spam Reporting Address, true, true",
    "dropped, '', '', Invalid, true, true",
    "dropped, '', 5.0.0, Invalid, true, true",
    "dropped, '', '', Spam Content, false, false",
    "dropped, '', 5.0.0, Spam Content, false, false",
    "dropped, '', '', Recipient List over Package Quota, false, false",
    "dropped, '', '', Invalid SMTPAPI header, false, false",
    "dropped, '', '', '', false, false"
  })
  void readsWhetherTheNextMailOfSendGridFailsToo(
      String event, String type, String status, String reason, boolean permanent, boolean gone)
      throws Exception {
    String body =
        """
        [{"event": "%s", "type": "%s", "status": "%s", "reason": "%s", "smtp-id": "%s"}]
        """
            .formatted(event, type, status, reason, ID);

    List<Receipt> receipts = sendGrid.read(SignedReceipts.sendGrid(body)).receipts();

    assertThat(receipts).extracting(Receipt::permanent).containsExactly(permanent);
    assertThat(receipts).extracting(Receipt::addressGone).containsExactly(gone);
    assertThat(receipts)
        .extracting(Receipt::reason)
        .containsExactly(
            status.isEmpty() && reason.isEmpty()
                ? "SendGrid gave no reason"
                : (status + " " + reason).strip());
  }

  @Test
  void readsTheOthersOfABatchWithOneThatNamesNoMail() throws Exception {
    assertThat(
            sendGrid
                .read(
                    SignedReceipts.sendGrid(
                        """
                        [{"event": "bounce", "sg_message_id": "x", "timestamp": 1736951460},
                         {"event": "delivered", "smtp-id": "%s", "timestamp": 1736951460}]
                        """
                            .formatted(ID)))
                .receipts())
        .containsExactly(Receipt.delivered(Kind.EMAIL_DELIVERED, ID, AT));
  }

  @Test
  void readsTheOthersOfABatchWithMalformedEvents() throws Exception {
    ReceiptBatch batch =
        sendGrid.read(
            SignedReceipts.sendGrid(
                """
                [{"event": "delivered", "smtp-id": "<a\\u0000b@company.com>", "sg_event_id": "first"},
                 7,
                 {"event": "bounce", "smtp-id": "%s"},
                 {"event": 9, "smtp-id": "<c@company.com>"},
                 {"event": "delivered", "smtp-id": "%s", "timestamp": 1736951460}]
                """
                    .formatted("x".repeat(6_000), ID)));

    assertThat(batch.receipts()).containsExactly(Receipt.delivered(Kind.EMAIL_DELIVERED, ID, AT));
    assertThat(batch.malformed())
        .extracting(Throwable::getMessage)
        .containsExactly(
            "event 1 (first): The id of the message must have 1 to 998 characters, none of them a"
                + " control character",
            "event 2: Each element must be an event",
            "event 3: The id of the message must have 1 to 998 characters, none of them a control"
                + " character",
            "event 4: 'event' must be a text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SM\0", "x"})
  void takesNoIdThatNoMessageCanHave(String id) {
    String impossible = id.equals("x") ? id.repeat(6_000) : id;
    String json = impossible.replace("\0", "\\u0000");
    Map<String, String> sms = sms("delivered");
    sms.put("MessageSid", impossible);

    assertThatThrownBy(() -> twilio.read(SignedReceipts.twilio(sms)))
        .isInstanceOf(MalformedReceipt.class);
    assertThatThrownBy(() -> ses.read(SignedReceipts.ses("2", sesDelivery().replace(ID, json))))
        .isInstanceOf(MalformedReceipt.class);
    assertThatThrownBy(
            () ->
                postmark.read(
                    SignedReceipts.postmark(
                        "postmark", "s3cret", postmarkBounce("HardBounce").replace(ID, json))))
        .isInstanceOf(MalformedReceipt.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+300000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-18:00",
        "+999999999-12-31T23:59:59Z",
        "yesterday",
        ""
      })
  void treatsAnImpossibleTimeAsMissing(String time) throws Exception {
    assertThat(
            ses.read(
                    SignedReceipts.ses(
                        "2", sesDelivery().replace("2025-01-15T14:31:00.000Z", time)))
                .receipts())
        .containsExactly(Receipt.delivered(Kind.EMAIL_DELIVERED, ID, null));
  }

  @Test
  void refusesWhatSendGridDidNotSign() {
    String body = "[{\"event\": \"delivered\", \"smtp-id\": \"%s\"}]".formatted(ID);

    assertThatThrownBy(() -> sendGrid.read(SignedReceipts.sendGrid(body, "[]")))
        .isInstanceOf(ForgedReceipt.class);
    assertThatThrownBy(
            () -> sendGrid.read(new ReceiptRequest(new HttpHeaders(), body.getBytes(UTF_8))))
        .isInstanceOf(ForgedReceipt.class);
    HttpHeaders garbled = new HttpHeaders();
    garbled.set(SendGridReceipts.SIGNATURE, "%%%");
    garbled.set(SendGridReceipts.TIMESTAMP, "1");
    assertThatThrownBy(() -> sendGrid.read(new ReceiptRequest(garbled, body.getBytes(UTF_8))))
        .isInstanceOf(ForgedReceipt.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1]", "[{\"smtp-id\": \"x\", \"event\": 7}]", "[{", "[] []"})
  void saysWhatIsMalformedOfSendGrid(String body) {
    assertThatThrownBy(() -> sendGrid.read(SignedReceipts.sendGrid(body)))
        .isInstanceOf(MalformedReceipt.class);
  }

  @Test
  void readsADeliveryOfPostmark() throws Exception {
    assertThat(
            postmark
                .read(
                    SignedReceipts.postmark(
                        "postmark",
                        "s3cret",
                        """
                        {"RecordType": "Delivery", "MessageID": "883953f4", "Recipient": "kim@example.com",
                         "DeliveredAt": "2025-01-15T14:31:00Z", "Details": "250 ok",
                         "Metadata": {"message-id": "%s"}}
                        """
                            .formatted(ID)))
                .receipts())
        .containsExactly(Receipt.delivered(Kind.EMAIL_DELIVERED, ID, AT));
  }

  @ParameterizedTest
  @CsvSource({
    "HardBounce, true",
    "BadEmailAddress, true",
    "SpamComplaint, true",
    "ManuallyDeactivated, true",
    "Blocked, false",
    "ChallengeVerification, false",
    "DMARCPolicy, false",
    "DnsError, false",
    "InboundError, false",
    "OpenRelayTest, false",
    "SMTPApiError, false",
    "SoftBounce, false",
    "SpamNotification, false",
    "TemplateRenderingFailed, false",
    "Transient, false",
    "Unconfirmed, false",
    "Unknown, false",
    "VirusNotification, false",
    "AddedNextYear, false"
  })
  void readsABounceOfPostmark(String type, boolean permanent) throws Exception {
    assertThat(
            postmark
                .read(SignedReceipts.postmark("postmark", "s3cret", postmarkBounce(type)))
                .receipts())
        .containsExactly(
            Receipt.failed(Kind.EMAIL_BOUNCED, ID, AT, type + ": refused", permanent)
                .ofAnAddressThatIsGone(permanent));
  }

  @ParameterizedTest
  @CsvSource({
    "HardBounce, smtp;550 5.1.1 no such user, true, true",
    "HardBounce, smtp;550 no, true, true",
    "HardBounce, smtp;452 4.2.2 full, false, false",
    "SoftBounce, smtp;550 5.1.1 no such user, true, true",
    "SoftBounce, 552 5.2.2 full, true, false",
    "Transient, smtp;550 no, true, false",
    "DnsError, smtp;450 4.4.4 no route, false, false",
    "Blocked, smtp;550 5.1.1 no such user, false, false",
    "Blocked, smtp;554 5.7.1 listed, false, false"
  })
  void believesTheStatusMoreThanTheTypeOfPostmark(
      String type, String details, boolean permanent, boolean gone) throws Exception {
    String bounce = postmarkBounce(type).replace("refused", details);

    List<Receipt> receipts =
        postmark.read(SignedReceipts.postmark("postmark", "s3cret", bounce)).receipts();

    assertThat(receipts).extracting(Receipt::permanent).containsExactly(permanent);
    assertThat(receipts).extracting(Receipt::addressGone).containsExactly(gone);
  }

  @Test
  void believesPostmarkThatItDeactivatedTheAddress() throws Exception {
    String bounce = postmarkBounce("Blocked").replaceFirst("\\{", "{\"Inactive\": true, ");

    assertThat(postmark.read(SignedReceipts.postmark("postmark", "s3cret", bounce)).receipts())
        .extracting(Receipt::permanent)
        .containsExactly(true);
  }

  @Test
  void leavesOutEmptyDetailsOfPostmark() throws Exception {
    String bounce =
        postmarkBounce("HardBounce")
            .replace("refused", " ")
            .replace("\"message-id\": \"" + ID, "\"message-id\": \"")
            .replace("883953f4", ID);

    assertThat(postmark.read(SignedReceipts.postmark("postmark", "s3cret", bounce)).receipts())
        .containsExactly(
            Receipt.failed(Kind.EMAIL_BOUNCED, ID, AT, "HardBounce", true)
                .ofAnAddressThatIsGone(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AutoResponder", "AddressChange", "Subscribe", "Unsubscribe"})
  void leavesWhatIsNoBounceOfPostmark(String type) throws Exception {
    assertThat(
            postmark
                .read(SignedReceipts.postmark("postmark", "s3cret", postmarkBounce(type)))
                .receipts())
        .isEmpty();
  }

  @Test
  void refusesACallerWithoutThePasswordOfPostmark() {
    assertThatThrownBy(
            () ->
                postmark.read(
                    SignedReceipts.postmark("postmark", "wrong", postmarkBounce("HardBounce"))))
        .isInstanceOfSatisfying(
            ForgedReceipt.class, forged -> assertThat(forged.unauthenticated()).isTrue());
    assertThatThrownBy(
            () ->
                postmark.read(
                    new ReceiptRequest(
                        new HttpHeaders(), postmarkBounce("HardBounce").getBytes(UTF_8))))
        .isInstanceOf(ForgedReceipt.class);
  }

  @Test
  void readsTheStatusesOfTwilio() throws Exception {
    assertThat(twilio.read(SignedReceipts.twilio(sms("delivered"))).receipts())
        .containsExactly(Receipt.delivered(Kind.SMS_DELIVERED, "SM1", null));
    Map<String, String> failed = sms("undelivered");
    failed.put("ErrorCode", "30005");
    assertThat(twilio.read(SignedReceipts.twilio(failed)).receipts())
        .containsExactly(
            Receipt.failed(
                    Kind.SMS_FAILED, "SM1", null, "Twilio says undelivered, error 30005", false)
                .ofAnAddressThatIsGone(true));
    assertThat(twilio.read(SignedReceipts.twilio(sms("sent"))).receipts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void takesAnEmptyErrorCodeOfTwilioForNone(String code) throws Exception {
    Map<String, String> failed = sms("failed");
    failed.put("ErrorCode", code);

    assertThat(twilio.read(SignedReceipts.twilio(failed)).receipts())
        .containsExactly(Receipt.failed(Kind.SMS_FAILED, "SM1", null, "Twilio says failed", false));
  }

  @ParameterizedTest
  @CsvSource({
    "30005, true",
    "30006, true",
    "21610, true",
    "30003, false",
    "30007, false",
    "abc, false",
    "'', false"
  })
  void readsWhetherATextReachesTheNumber(String code, boolean gone) throws Exception {
    Map<String, String> failed = sms("undelivered");
    failed.put("ErrorCode", code);

    assertThat(twilio.read(SignedReceipts.twilio(failed)).receipts())
        .extracting(Receipt::addressGone)
        .containsExactly(gone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MessageSid", "MessageStatus"})
  void saysWhatIsEmptyOfTwilio(String field) {
    Map<String, String> empty = sms("delivered");
    empty.put(field, "");

    assertThatThrownBy(() -> twilio.read(SignedReceipts.twilio(empty)))
        .isInstanceOf(MalformedReceipt.class)
        .hasMessage("'%s' must be given once".formatted(field));
  }

  /** The example of Twilio's documentation of the signature. */
  @Test
  void agreesWithTwiliosExample() {
    HttpHeaders headers = new HttpHeaders();
    headers.set("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    ReceiptSource documented =
        new TwilioReceipts("https://mycompany.com/myapp.php?foo=1&bar=2", "12345");
    String body =
        "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";

    assertThatThrownBy(() -> documented.read(new ReceiptRequest(headers, body.getBytes(UTF_8))))
        .isInstanceOf(MalformedReceipt.class)
        .hasMessage("'MessageSid' must be given once");
  }

  @Test
  void refusesWhatTwilioSignedForAnotherUrl() {
    assertThatThrownBy(
            () ->
                twilio.read(
                    SignedReceipts.twilio(sms("delivered"), "https://evil.example/receipts")))
        .isInstanceOf(ForgedReceipt.class);
    assertThatThrownBy(
            () ->
                twilio.read(
                    new ReceiptRequest(
                        new HttpHeaders(), "MessageSid=SM1&MessageStatus=sent".getBytes(UTF_8))))
        .isInstanceOf(ForgedReceipt.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "not json", "[]", "{\"Type\": \"Other\"}", "{\"Type\": \"Notification\"}"})
  void saysWhatIsMalformedOfSes(String body) {
    assertThatThrownBy(() -> ses.read(new ReceiptRequest(new HttpHeaders(), body.getBytes(UTF_8))))
        .isInstanceOf(MalformedReceipt.class);
  }

  private byte[] download(URI address) {
    downloaded.add(address);
    return SignedReceipts.certificate();
  }

  private static ReceiptSource ses(AmazonDownloads downloads) {
    return new SesReceipts(SignedReceipts.TOPIC, new SnsCertificates(downloads, CLOCK), downloads);
  }

  private static Map<String, String> sms(String status) {
    return new java.util.HashMap<>(
        Map.of(
            "MessageSid", "SM1",
            "SmsSid", "SM1",
            "MessageStatus", status,
            "SmsStatus", status,
            "To", "+4930123456",
            "From", "+15005550006",
            "AccountSid", "AC1",
            "ApiVersion", "2010-04-01"));
  }

  private static String sesDelivery() {
    return """
    {"notificationType": "Delivery",
     "mail": {"timestamp": "2025-01-15T14:30:22.000Z", "messageId": "0100018c",
              "headers": [{"name": "From", "value": "Tasks"}, {"name": "Message-ID", "value": "%s"}],
              "commonHeaders": {"messageId": "0100018c"}},
     "delivery": {"timestamp": "2025-01-15T14:31:00.000Z", "recipients": ["kim@example.com"],
                  "smtpResponse": "250 2.6.0 Message received"}}
    """
        .formatted(ID);
  }

  private static String sesBounce(String type) {
    return """
    {"notificationType": "Bounce",
     "bounce": {"bounceType": "%s", "bounceSubType": "General", "timestamp": "2025-01-15T14:31:00.000Z",
                "bouncedRecipients": [{"emailAddress": "kim@example.com", "action": "failed",
                    "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 User unknown"}]},
     "mail": {"messageId": "0100018c", "headers": [{"name": "Message-ID", "value": "%s"}]}}
    """
        .formatted(type, ID);
  }

  private static String postmarkBounce(String type) {
    return """
    {"RecordType": "Bounce", "Type": "%s", "TypeCode": 1, "MessageID": "883953f4",
     "Details": "refused", "Email": "kim@example.com", "BouncedAt": "2025-01-15T14:31:00Z",
     "Metadata": {"message-id": "%s"}}
    """
        .formatted(type, ID);
  }
}
