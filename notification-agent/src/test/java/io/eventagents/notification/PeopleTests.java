package io.eventagents.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.eventagents.EventIds;
import io.eventagents.notification.receipt.SignedReceiptsAccess;
import io.eventagents.notification.trigger.ReminderDue;
import io.eventagents.notification.trigger.TaskCreated;
import io.eventagents.test.AgentTest;
import io.eventagents.test.Chain;
import io.eventagents.test.ChainEvent;
import io.eventagents.test.Chains;
import io.eventagents.test.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

/** The application as it runs, with a user, a table of recipients and every source of receipts. */
@AgentTest(
    properties = {
      "spring.security.user.name=operator",
      "spring.security.user.password=secret",
      "notification.recipients.source=table",
      "notification.recipients.pattern-for-others=true",
      "notification.gone-addresses.channels=email",
      "notification.deferral.poll-interval=50ms",
      "notification.email.from=tasks@company.com",
      "notification.receipts.mailbox.protocol=imap",
      "notification.receipts.mailbox.host=127.0.0.1",
      "notification.receipts.mailbox.username=tasks@company.com",
      "notification.receipts.mailbox.password=tasks",
      "notification.receipts.mailbox.poll-interval=100ms",
      "notification.receipts.postmark.username=postmark",
      "notification.receipts.postmark.password=s3cret"
    })
@Import(SignedReceiptsAccess.class)
@ExtendWith(OutputCaptureExtension.class)
class PeopleTests {

  private static final GreenMail MAIL =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
          });

  private final String owner = "user-" + UUID.randomUUID();
  private final String taskId = "task-" + UUID.randomUUID();

  @Autowired private Chains chains;
  @Autowired private SettableClock clock;
  @Autowired private MeterRegistry meters;
  @Autowired private JdbcClient jdbc;
  @LocalServerPort private int port;

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    MAIL.start();
    MAIL.setUser("tasks@company.com", "tasks@company.com", "tasks");
    registry.add("spring.mail.host", () -> "127.0.0.1");
    registry.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
    registry.add("notification.receipts.mailbox.port", () -> MAIL.getImap().getPort());
    SignedReceiptsAccess.settings().forEach((name, value) -> registry.add(name, () -> value));
  }

  @AfterAll
  static void stop() {
    MAIL.stop();
  }

  @Test
  void tellsARecipientOfTheTableInTheirLanguage() throws Exception {
    assertThat(put("{\"email\": \"%s@example.com\", \"language\": \"de-AT\"}".formatted(owner)))
        .isEqualTo(HttpStatus.CREATED);

    Chain chain = chains.await(chains.publish(taskId, created()), "notification.sent");

    assertThat(chain.single("notification.sent").text("recipient"))
        .isEqualTo(owner + "@example.com");
    MimeMessage mail = mail(owner + "@example.com");
    assertThat(mail.getSubject()).isEqualTo("Neue Aufgabe: Review");
    assertThat(mail.getHeader("X-PM-Metadata-message-id")).containsExactly(mail.getMessageID());
  }

  @Test
  void tellsOthersByThePattern() {
    Chain chain = chains.await(chains.publish(taskId, created()), "notification.sent");

    assertThat(chain.single("notification.sent").text("recipient"))
        .isEqualTo(owner + "@company.com");
  }

  @Test
  void sendsAfterQuietHoursWhatCameWithinThem() {
    LocalTime now = clock.instant().atOffset(ZoneOffset.UTC).toLocalTime();
    LocalTime end = now.plusHours(3).truncatedTo(ChronoUnit.MINUTES);
    put(
        """
        {"email": "%s@example.com",
         "quiet_hours": {"from": "%s", "to": "%s"}}
        """
            .formatted(owner, now.minusHours(1).truncatedTo(ChronoUnit.MINUTES), end));

    String request = chains.publish(taskId, created());
    assertThat(chains.await(request)).hasExactlyEvents("task.created");
    clock.tick(Duration.ofHours(3));
    Chain chain = chains.await(request, "notification.sent");

    assertThat(chain)
        .hasExactlyEvents("task.created", "notification.sent")
        .hasCaused("task.created", "notification.sent")
        .isPublishedOnce();
    ChainEvent sent = chain.single("notification.sent");
    assertThat(sent.eventId())
        .isEqualTo(
            EventIds.derive(
                "notification-email",
                chain.single("task.created").eventId(),
                "notification.sent",
                0));
    assertThat(sent.metadata().source()).isEqualTo("notification-email");
    assertThat(sent.text("provider_message_id"))
        .isEqualTo("<%s@company.com>".formatted(sent.eventId()));
  }

  @Test
  void collectsADigest() throws Exception {
    put(
        """
        {"email": "%s@example.com", "digests": {"email": {"every": "PT1H"}}}
        """
            .formatted(owner));
    String first = chains.publish(taskId, created());
    String second = chains.publish(taskId, new ReminderDue(taskId, owner, "Review", null));
    chains.awaitQuiet();

    clock.tick(Duration.ofHours(1));

    assertThat(chains.await(first, "notification.sent"))
        .hasCaused("task.created", "notification.sent");
    assertThat(chains.await(second, "notification.sent"))
        .hasCaused("reminder.due", "notification.sent");
    assertThat(mail(owner + "@example.com").getSubject()).isEqualTo("2 messages about your tasks");
  }

  @Test
  void readsBouncesFromTheMailbox() throws Exception {
    String request = chains.publish(taskId, created());
    String messageId =
        chains
            .await(request, "notification.sent")
            .single("notification.sent")
            .text("provider_message_id");

    deliver("holiday.eml", messageId);
    deliver("without-original.eml", messageId);
    deliver("delayed.eml", messageId);
    deliver("bounced.eml", messageId);
    deliver("bounced.eml", messageId);
    Chain chain = chains.await(request, "email.bounced");
    await().until(() -> count("mailbox", "repeated") >= 1);

    assertThat(chain)
        .hasExactlyEvents("task.created", "notification.sent", "email.bounced")
        .hasCaused("notification.sent", "email.bounced");
    assertThat(chain.single("email.bounced"))
        .returns(taskId, event -> event.text("task_id"))
        .returns("delivery-receipts", event -> event.metadata().source());
    assertThat(count("mailbox", "ignored")).isGreaterThanOrEqualTo(2);
    assertThat(count("mailbox", "malformed")).isGreaterThanOrEqualTo(1);
  }

  @Test
  void sendsNothingToAnAddressThatIsGoneUntilTheRecipientIsWrittenAnew() throws Exception {
    put("{\"email\": \"%s@example.com\"}".formatted(owner));
    clock.tick(Duration.ofSeconds(1));
    String first = chains.publish(taskId, created());
    deliver(
        "bounced.eml",
        chains
            .await(first, "notification.sent")
            .single("notification.sent")
            .text("provider_message_id"));
    chains.await(first, "email.bounced");

    assertThat(
            chains
                .await(chains.publish(taskId, created()), "notification.failed")
                .single("notification.failed"))
        .returns(owner + "@example.com", event -> event.text("recipient"))
        .extracting(event -> event.text("reason"))
        .asString()
        .startsWith(
            "the address of owner '%s' for email is gone, as is known since ".formatted(owner))
        .endsWith("User unknown");
    assertThat(status(client().get().uri("/recipients/" + owner + "/gone-addresses")))
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(goneAddresses())
        .contains(
            "\"channel\":\"email\"", "\"address_sha256\":\"", "User unknown", "\"since\":\"2");

    put("{\"email\": \"%s@example.com\"}".formatted(owner));

    assertThat(goneAddresses()).isEqualTo("{\"gone_addresses\":[]}");
    chains.await(chains.publish(taskId, created()), "notification.sent");
  }

  @Test
  void takesBackGoneAddressesOfOwnersWhomTheTableDoesNotKnow() throws Exception {
    String first = chains.publish(taskId, created());
    deliver(
        "bounced.eml",
        chains
            .await(first, "notification.sent")
            .single("notification.sent")
            .text("provider_message_id"));
    chains.await(first, "email.bounced");
    assertThat(goneAddresses()).contains("User unknown");

    assertThat(status(operator().delete().uri("/recipients/" + owner + "/gone-addresses")))
        .isEqualTo(HttpStatus.NO_CONTENT);

    assertThat(goneAddresses()).isEqualTo("{\"gone_addresses\":[]}");
    chains.await(chains.publish(taskId, created()), "notification.sent");
  }

  @Test
  void takesReceiptsOfEveryProviderWithoutAUser() {
    String request = chains.publish(taskId, created());
    String messageId =
        chains
            .await(request, "notification.sent")
            .single("notification.sent")
            .text("provider_message_id");

    assertThat(post("ses", SignedReceiptsAccess.ses(messageId))).isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(post("sendgrid", SignedReceiptsAccess.sendGrid(messageId)))
        .isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(post("postmark", SignedReceiptsAccess.postmark("s3cret", messageId)))
        .isEqualTo(HttpStatus.NO_CONTENT);

    assertThat(chains.await(request, "email.delivered", "email.bounced"))
        .hasExactlyEvents("task.created", "notification.sent", "email.delivered", "email.bounced")
        .hasCaused("notification.sent", "email.delivered", "email.bounced")
        .isPublishedOnce();
  }

  @Test
  void answersAReceiptOfAnUnknownMessageLikeOneOfAKnown() {
    double before = count("twilio", "unknown");

    assertThat(post("twilio", SignedReceiptsAccess.twilio("SM" + UUID.randomUUID())))
        .isEqualTo(HttpStatus.NO_CONTENT);

    assertThat(count("twilio", "unknown")).isEqualTo(before + 1);
  }

  @Test
  void refusesForgedAndMalformedReceipts() {
    double forged = count("postmark", "forged");

    assertThat(post("postmark", SignedReceiptsAccess.postmark("wrong", "<x@company.com>")))
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(post("sendgrid", SignedReceiptsAccess.forgedSendGrid()))
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(post("ses", new SignedReceiptsAccess.Post(new HttpHeaders(), "{")))
        .isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(post("mailgun", new SignedReceiptsAccess.Post(new HttpHeaders(), "{}")))
        .isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(
            post(
                "sendgrid",
                new SignedReceiptsAccess.Post(new HttpHeaders(), "x".repeat(2_000_000))))
        .isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
    assertThat(count("postmark", "forged")).isEqualTo(forged + 1);
  }

  @Test
  void takesTheOthersOfABatchWithWhatNoDatabaseTakes() {
    double malformed = count("sendgrid", "malformed");
    String request = chains.publish(taskId, created());
    String messageId =
        chains
            .await(request, "notification.sent")
            .single("notification.sent")
            .text("provider_message_id");

    assertThat(post("sendgrid", SignedReceiptsAccess.hostileSendGrid(messageId)))
        .isEqualTo(HttpStatus.NO_CONTENT);

    assertThat(chains.await(request, "email.bounced"))
        .hasCaused("notification.sent", "email.bounced");
    assertThat(count("sendgrid", "malformed")).isEqualTo(malformed + 2);
  }

  @Test
  void refusesAFormWithNul() {
    assertThat(post("twilio", SignedReceiptsAccess.twilio("SM\0")))
        .isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(post("twilio", SignedReceiptsAccess.twilio("SM\uD83C\uDF89")))
        .isEqualTo(HttpStatus.NO_CONTENT);
  }

  @Test
  void guardsTheTableOfRecipients() {
    assertThat(status(client().get().uri("/recipients/" + owner)))
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(put("{\"email\": \"nobody\"}")).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(put("{\"email\": \"a@b.com\"}")).isEqualTo(HttpStatus.CREATED);
    assertThat(put("{\"email\": \"c@d.com\"}")).isEqualTo(HttpStatus.OK);
    assertThat(
            operator()
                .get()
                .uri("/recipients/" + owner)
                .retrieve()
                .body(new ParameterizedTypeReference<Map<String, Object>>() {}))
        .containsEntry("id", owner)
        .containsEntry("email", "c@d.com");
    assertThat(status(operator().delete().uri("/recipients/" + owner)))
        .isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(status(operator().delete().uri("/recipients/" + owner)))
        .isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(status(operator().get().uri("/recipients/" + owner)))
        .isEqualTo(HttpStatus.NOT_FOUND);
  }

  @Test
  void saysThatAStoredRecipientIsDamagedAndLogsTheReason(CapturedOutput log) {
    put("{\"email\": \"a@b.com\"}");
    jdbc.sql(
            "update notification.recipients set document = :document::jsonb where recipient_id = :id")
        .param("document", "{\"email\": \"nobody\"}")
        .param("id", owner)
        .update();

    ProblemDetail problem =
        operator()
            .get()
            .uri("/recipients/" + owner)
            .exchangeForRequiredValue(
                (sent, answer) -> Objects.requireNonNull(answer.bodyTo(ProblemDetail.class)));

    assertThat(problem)
        .returns(500, ProblemDetail::getStatus)
        .returns(
            "The stored recipient '%s' is damaged. Put it again.".formatted(owner),
            ProblemDetail::getDetail);
    assertThat(log)
        .contains("/recipients/" + owner + " failed")
        .contains("The recipient is not valid: {email=must be a mail address}");
    assertThat(put("{\"email\": \"a@b.com\"}")).isEqualTo(HttpStatus.OK);
  }

  private TaskCreated created() {
    return new TaskCreated(taskId, "Review", owner, 2, null);
  }

  private static MimeMessage mail(String address) throws Exception {
    for (MimeMessage mail : MAIL.getReceivedMessages()) {
      if (mail.getAllRecipients()[0].toString().equals(address)) {
        return mail;
      }
    }
    throw new AssertionError("No mail for " + address);
  }

  private static void deliver(String report, String messageId) throws Exception {
    GreenMailUser user = MAIL.getUserManager().getUserByEmail("tasks@company.com");
    user.deliver(
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(
                SignedReceiptsAccess.report(report, messageId).getBytes(StandardCharsets.UTF_8))));
  }

  private double count(String source, String outcome) {
    return meters
        .find("notification.receipts")
        .tags("source", source, "outcome", outcome)
        .counters()
        .stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private String goneAddresses() {
    return String.valueOf(
        operator()
            .get()
            .uri("/recipients/" + owner + "/gone-addresses")
            .retrieve()
            .body(String.class));
  }

  private HttpStatusCode put(String json) {
    return status(
        operator()
            .put()
            .uri("/recipients/" + owner)
            .contentType(MediaType.APPLICATION_JSON)
            .body(json));
  }

  private HttpStatusCode post(String source, SignedReceiptsAccess.Post post) {
    return status(
        client()
            .post()
            .uri("/receipts/" + source)
            .headers(headers -> headers.addAll(post.headers()))
            .contentType(
                source.equals("twilio")
                    ? MediaType.APPLICATION_FORM_URLENCODED
                    : source.equals("ses") ? MediaType.TEXT_PLAIN : MediaType.APPLICATION_JSON)
            .body(post.body().getBytes(StandardCharsets.UTF_8)));
  }

  private static HttpStatusCode status(RestClient.RequestHeadersSpec<?> request) {
    return request.exchangeForRequiredValue((sent, answer) -> answer.getStatusCode());
  }

  private RestClient client() {
    return RestClient.create("http://127.0.0.1:" + port);
  }

  private RestClient operator() {
    return RestClient.builder()
        .baseUrl("http://127.0.0.1:" + port)
        .defaultHeaders(headers -> headers.setBasicAuth("operator", "secret"))
        .build();
  }
}
