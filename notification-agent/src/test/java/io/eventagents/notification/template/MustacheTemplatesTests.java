package io.eventagents.notification.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventagents.InvalidSetting;
import io.eventagents.notification.trigger.ReminderDue;
import io.eventagents.notification.trigger.TaskCompleted;
import io.eventagents.notification.trigger.TaskCreated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MustacheTemplatesTests {

  private static final TaskCreated CREATED =
      new TaskCreated(
          "task-123",
          "Review quarterly report",
          "user-456",
          2,
          Instant.parse("2025-01-20T17:00:00Z"));
  private static final Locale AUSTRIAN = Locale.forLanguageTag("de-AT");
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

  private Path folder;

  @BeforeEach
  void use(@TempDir Path directory) {
    folder = directory;
  }

  @Test
  void wordsAMailInTextAndHtml() {
    RenderedMessage mail = builtIn().render("email", CREATED, Locale.ENGLISH, ZoneOffset.UTC);

    assertThat(mail.subject()).isEqualTo("New task: Review quarterly report");
    assertThat(mail.text())
        .isEqualTo(
            """
            A task was created for you.

            Title:    Review quarterly report
            Priority: 2
            Due:      Monday 20 January 2025, 17:00 UTC
            Task:     task-123\
            """);
    assertThat(mail.html())
        .contains("<td>Review quarterly report</td>")
        .contains(
            "<time datetime=\"2025-01-20T17:00:00Z\">Monday 20 January 2025, 17:00 UTC</time>");
  }

  @ParameterizedTest
  @CsvSource({
    "+1000000000-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59Z",
    "-1000000000-01-01T00:00:00Z,           0001-01-01T00:00:00Z"
  })
  void wordsATimeThatNoCalendarHasAsTheNearest(Instant dueAt, String expected) {
    assertThat(
            builtIn()
                .render("email", new TaskCreated("t", "x", "o", 1, dueAt), AUSTRIAN, ZoneOffset.UTC)
                .html())
        .contains("<time datetime=\"" + expected + "\">");
  }

  @Test
  void leavesOutWhatAnEventDoesNotSay() {
    assertThat(
            builtIn()
                .render(
                    "email",
                    new TaskCreated("t", "x", "o", null, null),
                    Locale.ENGLISH,
                    ZoneOffset.UTC)
                .text())
        .doesNotContain("Priority", "Due");
    assertThat(
            builtIn()
                .render(
                    "slack", new TaskCompleted("t-1", null, null), Locale.ENGLISH, ZoneOffset.UTC)
                .text())
        .isEqualTo("Task completed: *t-1*");
  }

  @Test
  void wordsAPostForSlack() {
    assertThat(builtIn().render("slack", CREATED, Locale.ENGLISH, ZoneOffset.UTC).text())
        .isEqualTo(
            "New task: *Review quarterly report* (priority 2, owner user-456, due 2025-01-20T17:00:00Z)");
  }

  @Test
  void wordsForEveryOtherChannelWhatFitsALine() {
    RenderedMessage text =
        builtIn()
            .render(
                "sms", new ReminderDue("t", "o", "Review", null), Locale.ENGLISH, ZoneOffset.UTC);

    assertThat(text).isEqualTo(new RenderedMessage("Reminder", "Reminder: Review", null, null));
  }

  @Test
  void speaksTheLanguageOfTheRecipientAndShowsTheirTime() {
    RenderedMessage mail = builtIn().render("email", CREATED, AUSTRIAN, VIENNA);

    assertThat(mail.subject()).isEqualTo("Neue Aufgabe: Review quarterly report");
    assertThat(mail.text()).contains("Montag, 20. J", "nner 2025, 18:00 MEZ");
  }

  @ParameterizedTest
  @CsvSource({
    "de-AT, österreichisch",
    "de-CH, deutsch",
    "de, deutsch",
    "fr, english",
    "und, english"
  })
  void fallsBackFromTheRegionToTheLanguageToTheDefault(String language, String expected)
      throws IOException {
    write("task.created/sms.text.de-AT", "österreichisch");
    write("task.created/sms.text.de", "deutsch");
    write("task.created/sms.text", "english");

    assertThat(own().render("sms", CREATED, Locale.forLanguageTag(language), ZoneOffset.UTC).text())
        .isEqualTo(expected);
  }

  @Test
  void replacesABuiltInTemplateByThatOfTheFolder() throws IOException {
    write("task.created/email.subject", "Do it: {{title}}");
    write("task.created/email.text", "{{title}}");

    assertThat(own().render("email", CREATED, Locale.ENGLISH, ZoneOffset.UTC))
        .isEqualTo(
            new RenderedMessage(
                "Do it: Review quarterly report", "Review quarterly report", null, null));
    assertThat(own().render("slack", CREATED, Locale.ENGLISH, ZoneOffset.UTC).text())
        .startsWith("New task:");
  }

  @Test
  void escapesForHtml() {
    assertThat(
            builtIn()
                .render("email", created("<script>'\"&</script>"), Locale.ENGLISH, ZoneOffset.UTC)
                .html())
        .contains("<td>&lt;script&gt;&#39;&quot;&amp;&lt;/script&gt;</td>")
        .doesNotContain("<script>");
  }

  @Test
  void keepsATitleFromForgingALineOrAHeader() {
    RenderedMessage mail =
        builtIn()
            .render(
                "email",
                created("x\r\nBcc: all@company.com\u2028y\u0000"),
                Locale.ENGLISH,
                ZoneOffset.UTC);

    assertThat(mail.subject()).isEqualTo("New task: x Bcc: all@company.com y");
    assertThat(mail.text()).contains("Title:    x Bcc: all@company.com y\n");
  }

  @Test
  void keepsATitleFromMentioningAChannelOfSlack() {
    assertThat(
            builtIn()
                .render(
                    "slack",
                    new TaskCompleted("task-1", "<!channel> R&D &lt;\nNew task: x", "<@U1>"),
                    Locale.ENGLISH,
                    ZoneOffset.UTC)
                .text())
        .isEqualTo(
            "Task completed: *&lt;!channel&gt; R&amp;D &amp;lt; New task: x* (owner &lt;@U1&gt;)");
  }

  @Test
  void keepsATitleFromBeingALinkInTeams() {
    assertThat(
            builtIn()
                .render(
                    "teams",
                    new TaskCompleted("t", "[Log in](https://evil.example) *now*", null),
                    Locale.ENGLISH,
                    ZoneOffset.UTC)
                .text())
        .isEqualTo("**\\[Log in\\]\\(https://evil.example\\) \\*now\\***");
  }

  @Test
  void keepsATitleFromBreakingOutOfACard() throws IOException {
    write("task.created/teams.subject", "New task");
    write("task.created/teams.text", "{{title}}");
    write(
        "task.created/teams.card",
        "{\"type\": \"AdaptiveCard\", \"body\": [{\"type\": \"TextBlock\", \"text\": \"{{title}}\"}]}");

    String card =
        String.valueOf(
            own()
                .render("teams", created("a\", \"x\": \"\\ [b]"), Locale.ENGLISH, ZoneOffset.UTC)
                .card());

    assertThat(JsonMapper.builder().build().readTree(card).at("/body/0/text").stringValue())
        .isEqualTo("a\", \"x\": \"\\\\ \\[b\\]");
  }

  @Test
  void cutsALongTitle() {
    assertThat(
            builtIn()
                .render("email", created("x".repeat(5_000)), Locale.ENGLISH, ZoneOffset.UTC)
                .subject())
        .hasSize("New task: ".length() + 150 + "…".length())
        .endsWith("…");
  }

  @Test
  void wordsADigest() {
    RenderedMessage digest =
        builtIn()
            .digest(
                "email",
                List.of(CREATED, new ReminderDue("task-9", "user-456", "<b>", null)),
                Locale.ENGLISH,
                VIENNA);

    assertThat(digest.subject()).isEqualTo("2 messages about your tasks");
    assertThat(digest.text())
        .isEqualTo(
            """
            What happened with your tasks:

            - New task: Review quarterly report, due Monday 20 January 2025, 18:00 CET (task-123)
            - Reminder: <b> (task-9)\
            """);
    assertThat(digest.html()).contains("<li>Reminder: &lt;b&gt; (task-9)</li>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{#title}}x                 | 2 | Section missing close tag 'title'",
        "{{#title}}x{{/titel}}       | 2 | mismatched",
        "{{/title}}                  | 2 | no open tag",
        "{{titel}}                   | 2 | there is no field 'titel'",
        "{{#titel}}x{{/titel}}       | 2 | there is no field 'titel'",
        "{{^owner}}x{{/owner}}       | 2 | there is no field 'owner'",
        "{{title                     | 2 | a tag that does not end",
        "{{}}                        | 2 | a tag without a name",
        "{{{title}}}                 | 2 | inserts something unescaped",
        "{{&title}}                  | 2 | inserts something unescaped",
        "{{=<% %>=}}<%title%>        | 2 | changes the delimiters",
        "{{>footer}}                 | 2 | includes another template"
      })
  void namesFileAndLineOfAWrongTemplate(String template, int line, String what) throws IOException {
    write("task.created/sms.text", "first line\n" + template + "\nlast line");

    assertThatThrownBy(this::own)
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining(
            folder.resolve("task.created/sms.text.mustache") + ", line " + line + ": ")
        .hasMessageContaining(what);
  }

  @Test
  void namesTheLineOfACardThatIsNoJson() throws IOException {
    write("task.created/teams.text", "x");
    write("task.created/teams.card", "{\"type\": \"AdaptiveCard\",\n \"text\": {{title}}}");

    assertThatThrownBy(this::own)
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("teams.card.mustache, line 2: with values filled in, it is not JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task.created/email.mustache",
        "task.created/email.body.mustache",
        "task.created/email.text.html",
        "readme.txt"
      })
  void refusesAFileThatIsNotNamedLikeATemplate(String name) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), "x");

    assertThatThrownBy(this::own)
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("is not named like a template");
  }

  @Test
  void refusesATemplateOfAnEventWithoutMessages() throws IOException {
    write("task.craeted/sms.text", "x");

    assertThatThrownBy(this::own)
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("there are no messages about 'task.craeted'");
  }

  @ParameterizedTest
  @CsvSource({
    "task.created/email.text.fr, task.created/email.subject.fr.mustache is missing",
    "task.created/email.html, task.created/email.text.mustache is missing"
  })
  void wantsThePartsOfAMessageTogether(String alone, String message) throws IOException {
    write(alone, "x");

    assertThatThrownBy(this::own).isInstanceOf(InvalidSetting.class).hasMessageContaining(message);
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    assertThatThrownBy(() -> TemplateFiles.of(folder.resolve("absent")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("is not a folder");
  }

  /** Like a ConfigMap that Kubernetes mounts. */
  @Test
  void followsTheLinksOfAMountedFolder() throws IOException {
    Path version = Files.createDirectories(folder.resolve("..2025_01_15/task.created"));
    Files.writeString(version.resolve("sms.text.mustache"), "mounted");
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2025_01_15"));
    Files.createSymbolicLink(folder.resolve("task.created"), Path.of("..data/task.created"));

    assertThat(own().render("sms", CREATED, Locale.ENGLISH, ZoneOffset.UTC).text())
        .isEqualTo("mounted");
  }

  private static MustacheTemplates builtIn() {
    return new MustacheTemplates(TemplateFiles.builtIn(), List.of());
  }

  private MustacheTemplates own() {
    return new MustacheTemplates(TemplateFiles.builtIn(), TemplateFiles.of(folder));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name + ".mustache");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static TaskCreated created(String title) {
    return new TaskCreated("task-123", title, "user-456", 2, null);
  }
}
