package io.eventagents.test;

import io.eventagents.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Tests an agent without Spring and without a broker: given an event, when the agent handles it,
 * then it emits events.
 *
 * <pre>{@code
 * import static io.eventagents.test.AgentFixture.given;
 *
 * @Test
 * void notifiesTheOwnerByText() {
 *   given(new TaskCreated("task-1", "Review", "user-4"))
 *       .when(new NotificationSms(gateway))
 *       .thenEmits(new NotificationSent("task-1", "sms", "+49 30 1234"));
 * }
 *
 * @Test
 * void notifiesOnceForATask() {
 *   given(new TaskCreated("task-1", "Review", "user-4"))
 *       .after(new TaskCreated("task-1", "Review", "user-4"))
 *       .when(new NotificationSms(gateway))
 *       .thenEmitsNothing();
 * }
 * }</pre>
 *
 * <p>The fixture runs the production code between the records that come in and those that go out:
 * it writes the event as the bytes of a record, routes it and reads it as the agent's own view; it
 * stamps and writes what the agent emits. Every check therefore also verifies, without further code
 * in the test, that emitted events follow the rules: correlation and causation, the source, the
 * derived id, the key, the headers, the names in the JSON, and that the event can be read again.
 *
 * <p>An agent is an object of a class that implements {@code Function<Event<T>, R>} or {@code
 * Consumer<Event<T>>}; its name comes from the class ({@code NotificationSms} is {@code
 * notification-sms}) or from {@code @Agent}. A lambda does not reveal its types, so the test names
 * them:
 *
 * <pre>{@code
 * given(new TaskCreated("task-1", "Review", "user-4"))
 *     .when("notification-sms", TaskCreated.class, NotificationSent.class, configuration.notificationSms(gateway))
 *     .thenRejects("no number is known");
 * }</pre>
 *
 * <p>Whatever its effects, the agent is called once, on the calling thread, without inbox,
 * transaction or retries, which the framework adds; use an {@link AgentTest} to test with them.
 * Immutable.
 */
public final class AgentFixture {

  private final Given given;
  private final List<Given> history;
  private final @Nullable String key;

  private AgentFixture(Given given, List<Given> history, @Nullable String key) {
    this.given = given;
    this.history = List.copyOf(history);
    this.key = key;
  }

  /**
   * An event with this payload and generated metadata.
   *
   * @param payload a record with {@code @EventType}: the agent's own view or the publisher's
   */
  public static AgentFixture given(Record payload) {
    return new AgentFixture(Given.payload(payload), List.of(), null);
  }

  /** An event with this payload and metadata. */
  public static AgentFixture given(Event<?> event) {
    return new AgentFixture(new Given.OfEvent(event), List.of(), null);
  }

  /**
   * A record with this text as its value and no headers, as another program may write it. It tests
   * whether the agent's view tolerates unknown and missing fields, for example. The text need not
   * be JSON.
   */
  public static AgentFixture givenJson(String json) {
    return new AgentFixture(new Given.OfText(json), List.of(), null);
  }

  /**
   * Events that the same agent has handled before, in this order. What it emitted for them is not
   * checked.
   *
   * @param earlier payloads or whole {@link Event}s; payloads belong to the same chain
   */
  public AgentFixture after(Record... earlier) {
    List<Given> longer = new ArrayList<>(history);
    Arrays.stream(earlier)
        .map(
            record ->
                record instanceof Event<?> event ? new Given.OfEvent(event) : Given.payload(record))
        .forEach(longer::add);
    return new AgentFixture(given, longer, key);
  }

  /**
   * The key of the given record; by default the value that its payload marks {@code @EntityKey}, or
   * else a generated one.
   */
  public AgentFixture withKey(String key) {
    return new AgentFixture(given, history, key);
  }

  /**
   * Lets the agent handle the event.
   *
   * @param agent an object of a named class, whose type arguments say what it takes and emits
   * @throws IllegalArgumentException if they do not, or if it cannot be an agent; the message says
   *     what to do
   */
  public AgentOutcome when(Function<? extends Event<?>, ?> agent) {
    return run(AgentUnderTest.of(agent));
  }

  /**
   * Lets an agent that emits nothing handle the event.
   *
   * @param agent an object of a named class, whose type arguments say what it takes
   * @throws IllegalArgumentException if they do not, or if it cannot be an agent; the message says
   *     what to do
   */
  @SuppressWarnings("overloads") // An object is one or the other; neither accepts a lambda.
  public AgentOutcome when(Consumer<? extends Event<?>> agent) {
    return run(AgentUnderTest.of(agent));
  }

  /**
   * Lets an agent handle the event that is a lambda or is not named after its class.
   *
   * @param name the agent's name
   * @param takes the payload that it takes, or a sealed interface of several payloads
   * @param emits the payload that it may emit, or a sealed interface of several payloads, whether
   *     it returns one, an optional or several
   * @throws IllegalArgumentException if it cannot be an agent; the message says what to do
   */
  public <T> AgentOutcome when(
      String name, Class<T> takes, Class<?> emits, Function<Event<T>, ?> agent) {
    ResolvableType type =
        ResolvableType.forClassWithGenerics(
            Function.class,
            ResolvableType.forClassWithGenerics(Event.class, takes),
            ResolvableType.forClass(emits));
    return run(AgentUnderTest.of(name, type, agent));
  }

  /**
   * Lets an agent handle the event that emits nothing and that is a lambda or is not named after
   * its class.
   *
   * @param name the agent's name
   * @param takes the payload that it takes, or a sealed interface of several payloads
   * @throws IllegalArgumentException if it cannot be an agent; the message says what to do
   */
  public <T> AgentOutcome when(String name, Class<T> takes, Consumer<Event<T>> agent) {
    ResolvableType type =
        ResolvableType.forClassWithGenerics(
            Consumer.class, ResolvableType.forClassWithGenerics(Event.class, takes));
    return run(AgentUnderTest.of(name, type, agent));
  }

  private AgentOutcome run(AgentUnderTest agent) {
    for (int i = 0; i < history.size(); i++) {
      agent.handle(history.get(i).record(i, key)).requireHandled(history.get(i));
    }
    return new AgentOutcome(agent, given, agent.handle(given.record(history.size(), key)));
  }
}
