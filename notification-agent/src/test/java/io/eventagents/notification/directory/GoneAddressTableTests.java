package io.eventagents.notification.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.DatabaseSchema;
import io.eventagents.Rows;
import io.eventagents.Sha256;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.test.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class GoneAddressTableTests {

  private static final Instant NOW = Instant.parse("2025-01-15T14:30:22Z");
  private static final String ENDPOINT = "https://push.example/secret";
  private static final HikariDataSource DATABASE = open();

  private final SettableClock clock = SettableClock.stoppedAt(NOW);
  private final JdbcClient database = JdbcClient.create(DATABASE);
  private final GoneAddressTable table = table(Set.of("web-push", "sms"));
  private final RecipientTable recipients = new RecipientTable(database, clock);

  private static HikariDataSource open() {
    HikariDataSource opened = new HikariDataSource();
    opened.setJdbcUrl(EmbeddedServers.postgreSql().createDatabase("gone"));
    opened.setUsername("postgres");
    DatabaseSchema.migrate(opened, "notification", "classpath:db/notification");
    return opened;
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @BeforeEach
  void empty() {
    database
        .sql(
            """
            truncate notification.gone_addresses, notification.gone_address_resets,
                notification.recipients
            """)
        .update();
  }

  @Test
  void remembersTheDigestOfAnAddressWithTheReason() {
    table.add("kim", "web-push", ENDPOINT, "no longer\r\nsubscribed", NOW);

    assertThat(table.of("kim", "web-push"))
        .containsExactly(
            new GoneAddress("web-push", Sha256.hex(ENDPOINT), "no longer subscribed", NOW));
    assertThat(table.of("kim", "web-push").getFirst().is(ENDPOINT)).isTrue();
    assertThat(table.of("kim", "web-push").getFirst().is(ENDPOINT + "2")).isFalse();
    assertThat(
            database
                .sql("select gone_addresses::text from notification.gone_addresses")
                .query(String.class)
                .single())
        .doesNotContain("secret");
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void tellsTheAddressNowhere(CapturedOutput output) {
    table.add("kim", "sms", "+4930123456", "21211 The number +4930123456 is invalid", NOW);

    assertThat(table.of("kim", "sms"))
        .extracting(GoneAddress::reason)
        .containsExactly("21211 The number [address] is invalid");
    assertThat(output).contains("The number [address]").doesNotContain("4930123456");
  }

  @Test
  void isThatOfOneOwnerOnOneChannel() {
    table.add("kim", "web-push", ENDPOINT, "gone", NOW);

    assertThat(table.of("lee", "web-push")).isEmpty();
    assertThat(table.of("kim", "sms")).isEmpty();
  }

  @Test
  void remembersAnAddressOnceHoweverOftenItIsToldOf() {
    table.add("kim", "sms", "+4930123456", "first", NOW);
    clock.tick(Duration.ofHours(1));
    table.add("kim", "sms", "+4930123456", "second", NOW);

    assertThat(table.of("kim", "sms")).extracting(GoneAddress::reason).containsExactly("second");
  }

  @Test
  void isTakenBackWhenTheRecipientIsWrittenAnew() {
    recipients.put(kim());
    clock.tick(Duration.ofMinutes(1));
    table.add("kim", "web-push", ENDPOINT, "gone", clock.instant());
    table.add("lee", "web-push", ENDPOINT, "gone", clock.instant());
    assertThat(table.of("kim", "web-push")).hasSize(1);

    recipients.put(kim());

    assertThat(table.of("kim", "web-push")).isEmpty();
    assertThat(table.of("lee", "web-push")).hasSize(1);
  }

  /** The provider's report of a message to the address as it was before comes late. */
  @Test
  void doesNotCountIfTheRecipientWasWrittenAfterTheMessage() {
    clock.tick(Duration.ofMinutes(1));
    recipients.put(kim());

    table.add("kim", "sms", "+4930123456", "30005", NOW);

    assertThat(table.of("kim", "sms")).isEmpty();
  }

  @Test
  void keepsTheEvidenceOfTheLatestMessage() {
    clock.tick(Duration.ofHours(1));
    recipients.put(kim());
    clock.tick(Duration.ofHours(1));
    table.add("kim", "sms", "+4930123456", "of now", clock.instant());
    GoneAddress known = table.of("kim", "sms").getFirst();
    clock.tick(Duration.ofHours(1));

    table.add("kim", "sms", "+4930123456", "of the past", NOW);
    // Nor may it do so for an owner who was not written.
    table.add("lee", "sms", "+4930123456", "of now", clock.instant());
    table.add("lee", "sms", "+4930123456", "of the past", NOW);

    assertThat(table.of("kim", "sms")).containsExactly(known);
    assertThat(table.of("lee", "sms")).extracting(GoneAddress::reason).containsExactly("of now");
  }

  @ParameterizedTest
  @ValueSource(strings = {"take back", "delete", "put"})
  void doesNotCountWhatAMessageFromBeforeAResetShows(String reset) {
    recipients.put(kim());
    table.add("kim", "sms", "+4930123456", "first", NOW);
    clock.tick(Duration.ofMinutes(1));
    switch (reset) {
      case "take back" -> assertThat(table.takeBack("kim")).isOne();
      case "delete" -> recipients.delete("kim");
      default -> recipients.put(kim());
    }
    clock.tick(Duration.ofMinutes(1));

    table.add("kim", "sms", "+4930123456", "late", NOW);
    assertThat(table.of("kim", "sms")).isEmpty();
    assertThat(rows("gone_addresses")).isZero();

    table.add("kim", "sms", "+4930123456", "new", clock.instant());
    assertThat(table.of("kim", "sms")).extracting(GoneAddress::reason).containsExactly("new");
  }

  /** The table of an instance whose insertion met the reset. */
  @Test
  void leavesOutARowThatAResetMissed() {
    table.add("kim", "sms", "+4930123456", "late", NOW);
    database
        .sql("insert into notification.gone_address_resets values (:owner, :now)")
        .param("owner", GoneAddressTable.ownerDigest("kim"))
        .param("now", Rows.utc(NOW.plusSeconds(1)))
        .update();

    assertThat(table.of("kim", "sms")).isEmpty();
  }

  @Test
  void keepsNoNameOfAnErasedRecipient() {
    recipients.put(kim());

    recipients.delete("kim");

    assertThat(
            database
                .sql("select resets::text from notification.gone_address_resets resets")
                .query(String.class)
                .single())
        .doesNotContain("kim");
  }

  /** Its reset may be forgotten by then. */
  @Test
  void doesNotCountWhatAMessageShowsThatIsTooOld() {
    table.takeBack("kim");
    clock.tick(Duration.ofDays(90).plusMillis(1));
    table.forget();
    assertThat(rows("gone_address_resets")).isZero();

    table.add("kim", "sms", "+4930123456", "late", NOW);

    assertThat(rows("gone_addresses")).isZero();
  }

  @Test
  void isErasedWithTheRecipient() {
    recipients.put(kim());
    clock.tick(Duration.ofMinutes(1));
    table.add("kim", "web-push", ENDPOINT, "gone", clock.instant());

    recipients.delete("kim");

    assertThat(rows("gone_addresses")).isZero();
  }

  @Test
  void isForgottenAfterItsTime() {
    table.add("kim", "web-push", ENDPOINT, "gone", NOW);
    clock.tick(Duration.ofDays(90));
    table.forget();
    assertThat(table.of("kim", "web-push")).hasSize(1);

    clock.tick(Duration.ofMillis(1));

    assertThat(table.of("kim", "web-push")).isEmpty();
    table.forget();
    clock.set(NOW);
    assertThat(table.of("kim", "web-push")).isEmpty();
  }

  @Test
  void remembersNothingOnOtherChannels() {
    table.add("kim", "email", "kim@company.com", "550", NOW);
    assertThat(table.of("kim")).isEmpty();

    table.add("kim", "sms", "+4930123456", "21610", NOW);
    assertThat(table(Set.of()).of("kim", "sms")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a\uD800", "x\uE000", ""})
  void takesAnyOwnerAndReason(String owner) {
    table.add(owner, "sms", "+4930123456", owner, NOW);
    table.add(owner.repeat(3_000), "sms", "+4930123456", "x".repeat(9_000), NOW);

    assertThat(table.of(owner, "sms")).hasSize(1);
    assertThat(table.of(owner.repeat(3_000), "sms")).hasSize(1);
    assertThat(table.takeBack(owner)).isOne();
  }

  @Test
  void refusesATimeThatIsNone() {
    assertThatThrownBy(() -> new GoneAddressProperties(Set.of(), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("notification.gone-addresses.retention");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail", "webpush", "Email", "teams", ""})
  void refusesANameThatIsNoChannelOfPeople(String name) {
    assertThatThrownBy(() -> new GoneAddressProperties(Set.of("sms", name), Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "notification.gone-addresses.channels is %s; it must be a list of email, push, slack,"
                    .formatted(name.compareTo("sms") < 0 ? name + ",sms" : "sms," + name)
                + " sms, web-push");
  }

  private int rows(String table) {
    return database.sql("select count(*) from notification." + table).query(Integer.class).single();
  }

  private GoneAddressTable table(Set<String> channels) {
    return new GoneAddressTable(
        database, new GoneAddressProperties(channels, Duration.ofDays(90)), clock);
  }

  private static Recipient kim() {
    return new Recipient("kim", null, "+4930123456", null, List.of(), List.of(), Locale.ENGLISH);
  }
}
