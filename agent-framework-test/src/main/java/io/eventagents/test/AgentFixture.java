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
 * Given an event, when an agent handles it, then it emits: tests of an agent without Spring and
 * without a broker.
 *
 * <pre>{@code
 * import static io.eventagents.test.AgentFixture.given;
 *
 * @Test
 * void tellsTheOwnerByText() {
 *   given(new TaskCreated("task-1", "Review", "user-4"))
 *       .when(new NotificationSms(gateway))
 *       .thenEmits(new NotificationSent("task-1", "sms", "+49 30 1234"));
 * }
 *
 * @Test
 * void tellsOfATaskOnce() {
 *   given(new TaskCreated("task-1", "Review", "user-4"))
 *       .after(new TaskCreated("task-1", "Review", "user-4"))
 *       .when(new NotificationSms(gateway))
 *       .thenEmitsNothing();
 * }
 * }</pre>
 *
 * <p>The production code runs between the records that come in and those that go out. The event is
 * written as the bytes of a record, routed and read as the agent's own view of it, and what the
 * agent emits is stamped and written. So every check also holds the emitted events to the rules,
 * without the test saying so: correlation and causation, the source, the derived id, the key, the
 * headers, the names in the JSON, and that they can be read again.
 *
 * <p>An agent is an object of a class that implements {@code Function<Event<T>, R>} or {@code
 * Consumer<Event<T>>}; its name is that of the class ({@code NotificationSms} is {@code
 * notification-sms}) or of its {@code @Agent}. A lambda does not tell its types, so they are named:
 *
 * <pre>{@code
 * given(new TaskCreated("task-1", "Review", "user-4"))
 *     .when("notification-sms", TaskCreated.class, NotificationSent.class, configuration.notificationSms(gateway))
 *     .thenRejects("no number is known");
 * }</pre>
 *
 * <p>An agent of any kind is called once, on the calling thread, with no inbox, transaction or
 * retry around it: the framework adds those, and an {@link AgentTest} has them. Immutable.
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
   * An event with this payload; its metadata is made up.
   *
   * @param payload a record with {@code @EventType}: the agent's own view, or the publisher's
   */
  public static AgentFixture given(Record payload) {
    return new AgentFixture(Given.payload(payload), List.of(), null);
  }

  /** An event with this payload and metadata. */
  public static AgentFixture given(Event<?> event) {
    return new AgentFixture(new Given.OfEvent(event), List.of(), null);
  }

  /**
   * A record with this text as its value and no headers, as another program may write it: for what
   * an agent's view must tolerate, such as unknown and missing fields. The text need not be JSON.
   */
  public static AgentFixture givenJson(String json) {
    return new AgentFixture(new Given.OfText(json), List.of(), null);
  }

  /**
   * What the same agent handled before, in this order. The outcome of that is not checked.
   *
   * @param earlier payloads, or whole {@link Event}s; those without a correlation id of their own
   *     belong to the same chain
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
   * The key of the given record; by default what its payload marks {@code @EntityKey}, else one
   * that is made up.
   */
  public AgentFixture withKey(String key) {
    return new AgentFixture(given, history, key);
  }

  /**
   * Lets the agent handle it.
   *
   * @param agent of a named class, whose type arguments say what it takes and emits
   * @throws IllegalArgumentException if they do not, or it cannot be an agent; the message says
   *     what to do
   */
  public AgentOutcome when(Function<? extends Event<?>, ?> agent) {
    return run(AgentUnderTest.of(agent));
  }

  /**
   * Lets an agent that emits nothing handle it.
   *
   * @param agent of a named class, whose type arguments say what it takes
   * @throws IllegalArgumentException if they do not, or it cannot be an agent; the message says
   *     what to do
   */
  @SuppressWarnings("overloads") // An object is one or the other; a lambda fits neither method.
  public AgentOutcome when(Consumer<? extends Event<?>> agent) {
    return run(AgentUnderTest.of(agent));
  }

  /**
   * Lets an agent handle it that is a lambda or is not named after its class.
   *
   * @param name the agent's name
   * @param takes the payload that it takes, or the sealed interface of several
   * @param emits the payload that it may emit, or the sealed interface of several; how many it
   *     returns, and in what, does not matter
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
   * Lets an agent handle it that emits nothing and is a lambda or is not named after its class.
   *
   * @param name the agent's name
   * @param takes the payload that it takes, or the sealed interface of several
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
