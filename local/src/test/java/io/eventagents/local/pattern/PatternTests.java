package io.eventagents.local.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * A regular expression whose time or stack depth grows with its input lets a stranger stop an
 * application with one event, mail or header. So this test judges every class that uses one: either
 * the class never reads foreign text, or its expressions run against long and hostile text.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatternTests {

  /** How often an expression may read each character. */
  private static final int MOST_LOOKS = 64;

  /** The stack that a thread in a small pod may have left. */
  private static final int STACK = 256 * 1024;

  private static final String ADVICE =
      """
      These classes use regular expressions and are not judged. State in %s whether a class reads text that strangers send (events, \
      mails, HTTP, answers of providers, files of others). If it does, list it in FOREIGN with texts that its expressions match, \
      and keep the expressions in static final fields, so that they run against hostile text; plain code, possessive quantifiers \
      or bounds keep them linear. If it does not, list it in OURS with the text that it reads."""
          .formatted(PatternTests.class.getSimpleName());

  /** Classes that read foreign text, each with texts that its expressions match. */
  private static final Map<String, List<String>> FOREIGN = foreign();

  /** Classes that read only text of the project or of the operator. */
  private static final Map<String, String> OURS = ours();

  private final Map<String, List<RegexUse>> uses = new TreeMap<>();
  private final Set<String> searching = new TreeSet<>();

  private static Map<String, List<String>> foreign() {
    Map<String, List<String>> judged = new TreeMap<>();
    String notification = "io.eventagents.notification.";
    String orchestrator = "io.eventagents.orchestrator.";
    judged.put("io.eventagents.dispatch.AgentCall", List.of("a\u0000b"));
    judged.put("io.eventagents.deadletter.http.DeadLetterController", List.of("open,replaying"));
    judged.put(
        "io.eventagents.web.LoopbackName", List.of("a.b.localhost:80", "127.0.0.1", "[::1]"));
    judged.put("io.eventagents.web.SnakeCase", List.of("ownerId"));
    judged.put("io.eventagents.wire.Ancestry", List.of("billing=1,invoicing=2"));
    judged.put("io.eventagents.wire.RecordPosition", List.of("task-events-3@17"));
    judged.put("io.eventagents.audit.index.Cursor", List.of("2025-01-15T14:30:22Z 1 2"));
    judged.put("io.eventagents.audit.proof.LogBreak", List.of("missing 1 2\nlines 3"));
    judged.put(
        "io.eventagents.audit.web.TraceContext",
        List.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x"));
    judged.put(notification + "directory.MailAddress", List.of("kim.doe@mail.company.com"));
    judged.put(
        notification + "directory.RecipientDocument",
        List.of("+4930123456", "U012ABCDEF", "web-push", "a.b-c"));
    judged.put(notification + "http.RetryAfter", List.of("120"));
    judged.put(notification + "receipt.MailStatus", List.of("5.1.1", "550-"));
    judged.put(
        notification + "receipt.SnsCertificates",
        List.of("sns.us-gov-west-1.amazonaws.com.cn", "/SimpleNotificationService-0a1b.pem"));
    judged.put(notification + "receipt.TwilioReceipts", List.of("a=b&c=d"));
    judged.put(notification + "sms.SmsChannel", List.of("+4930123456"));
    judged.put(notification + "template.Form", List.of("a_b*c`d"));
    judged.put(orchestrator + "http.CommandRequest", List.of("\"a-key\"", "a-key"));
    judged.put(
        orchestrator + "http.Precondition",
        List.of("\"3\" , W/\"4\"", "3-0123abcd", "\"3\"\t,\"4\""));
    judged.put(orchestrator + "task.TaskCursor", List.of("120"));
    judged.put(orchestrator + "http.TaskRequest", List.of("kim+a@company.com"));
    judged.put("io.eventagents.recurrence.RuleParser", List.of("FREQ=MONTHLY;BYDAY=-1FR,MO"));
    judged.put("io.eventagents.scheduling.calendar.FeedSecrets", List.of("/feeds/secret.ics?a=b"));
    judged.put("io.eventagents.local.inbox.PostEntry", List.of("title\ntext"));
    judged.put("io.eventagents.local.standin.PushAccount", List.of("a.b.c"));
    judged.put("io.eventagents.local.standin.TwilioStandIn", List.of("+4930123456"));
    return judged;
  }

  private static Map<String, String> ours() {
    Map<String, String> judged = new TreeMap<>();
    String testKit = "the declarations and events of an agent under test";
    judged.put("io.eventagents.test.AgentQueues", testKit);
    judged.put("io.eventagents.test.EmittedRecord", testKit);
    judged.put("io.eventagents.test.EventTopics", testKit);
    judged.put("io.eventagents.test.MetadataRules", testKit);
    judged.put("io.eventagents.test.Perimeter", "answers of the application under test");
    String setting = "a setting";
    judged.put("io.eventagents.autoconfigure.ApplicationTopics", setting);
    judged.put("io.eventagents.autoconfigure.BindingGate", setting);
    judged.put("io.eventagents.autoconfigure.DatabaseFailureAnalyzer", setting);
    judged.put("io.eventagents.autoconfigure.DatabaseProperties", setting);
    judged.put("io.eventagents.binding.AgentDiscovery", "settings, and names of beans");
    judged.put("io.eventagents.web.ConfiguredUser", setting);
    judged.put("io.eventagents.wire.EventTypeName", "the types that agents declare");
    judged.put("io.eventagents.wire.Imperative", "the types that agents declare");
    judged.put("io.eventagents.audit.console.TraceLinks", setting);
    String files = "names and files in the log's own folder";
    judged.put("io.eventagents.audit.log.LogFiles", files);
    judged.put("io.eventagents.audit.proof.CheckpointFiles", files);
    judged.put("io.eventagents.audit.proof.PublishedNotes", files);
    judged.put("io.eventagents.embedded.EmbeddedPostgreSql", setting);
    judged.put("io.eventagents.embedded.PgBouncer", setting);
    judged.put("io.eventagents.notification.channel.RateLimit", setting);
    judged.put("io.eventagents.notification.push.WebPushAutoConfiguration", setting);
    judged.put("io.eventagents.notification.template.MessageTemplate", "templates");
    judged.put("io.eventagents.notification.template.TemplateModel", "names of components");
    judged.put("io.eventagents.notification.template.TemplateName", "names of template files");
    judged.put("io.eventagents.scheduling.calendar.FeedController", setting);
    return judged;
  }

  @BeforeAll
  void scan() throws IOException {
    Resource[] classes =
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:io/eventagents/**/*.class");
    for (Resource each : classes) {
      if (!each.getURL().getPath().contains("/test-classes/")) {
        try (InputStream bytecode = each.getInputStream()) {
          RegexUses found = RegexUses.in(bytecode);
          found
              .uses()
              .forEach(use -> uses.computeIfAbsent(use.owner(), o -> new ArrayList<>()).add(use));
          if (found.searches() || found.uses().stream().anyMatch(RegexUse::searches)) {
            searching.add(found.owner());
          }
        }
      }
    }
  }

  @Test
  void everyClassWithARegularExpressionIsJudged() {
    Set<String> judged = new TreeSet<>(FOREIGN.keySet());
    judged.addAll(OURS.keySet());

    assertThat(judged).as("The test finds no classes").isNotEmpty();
    assertThat(uses.keySet()).as(ADVICE).isSubsetOf(judged);
    assertThat(judged).as("These are judged, but no longer use any").isSubsetOf(uses.keySet());
  }

  static Stream<String> foreignClasses() {
    return FOREIGN.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("foreignClasses")
  void readsEachCharacterAFewTimes(String owner) throws Exception {
    List<String> matching = FOREIGN.getOrDefault(owner, List.of());
    for (Pattern pattern : patterns(owner)) {
      assertThat(matching)
          .as("texts that %s matches", pattern)
          .anyMatch(text -> pattern.matcher(text).find());
      List<String> faults = new ArrayList<>();
      Thread thread =
          new Thread(
              null,
              () ->
                  Stream.concat(HostileTexts.any(), matching.stream().flatMap(HostileTexts::near))
                      .forEach(text -> fault(owner, pattern, text).ifPresent(faults::add)),
              "patterns",
              STACK);
      thread.start();
      thread.join();

      assertThat(faults.stream().limit(3)).as("%s in %s", pattern, owner).isEmpty();
    }
  }

  private java.util.Optional<String> fault(String owner, Pattern pattern, String text) {
    try {
      Matcher matcher =
          pattern.matcher(new CountedText(text, 1000L + (long) MOST_LOOKS * text.length()));
      boolean unused = matcher.matches();
      unused = matcher.reset().lookingAt();
      if (searching.contains(owner)) {
        long unusedCount = matcher.reset().results().count();
      }
      return java.util.Optional.empty();
    } catch (StackOverflowError e) {
      return java.util.Optional.of("StackOverflowError at " + HostileTexts.shortened(text));
    } catch (CountedText.TooManyLooks e) {
      return java.util.Optional.of(e.getMessage() + ": " + HostileTexts.shortened(text));
    }
  }

  /** The expressions in fields, and those that are constants in calls. */
  private List<Pattern> patterns(String owner) throws Exception {
    Map<String, Pattern> found = new LinkedHashMap<>();
    Class<?> type = Class.forName(owner);
    for (Class<?> each :
        Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses())).toList()) {
      for (Field field : each.getDeclaredFields()) {
        if (field.getType() == Pattern.class && Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          Pattern pattern = (Pattern) field.get(null);
          found.put(pattern.pattern(), pattern);
        }
      }
    }
    List<RegexUse> calls = uses.getOrDefault(owner, List.of());
    for (RegexUse use : calls) {
      @Nullable String regex = use.regex();
      if (regex != null) {
        found.putIfAbsent(regex, Pattern.compile(regex));
      }
    }
    assertThat(found.size())
        .as(
            "%s reads foreign text, so its expressions must be constants that this test can find: %s",
            owner, calls.stream().map(RegexUse::call).collect(Collectors.joining(", ")))
        .isGreaterThanOrEqualTo((int) calls.stream().map(RegexUse::regex).distinct().count());
    return List.copyOf(found.values());
  }
}
