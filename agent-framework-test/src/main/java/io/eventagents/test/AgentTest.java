package io.eventagents.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.annotation.AliasFor;

/**
 * A test of an agent application as it runs: all of its beans, on a real Kafka broker and a real
 * PostgreSQL server in the process, with {@link Chains} to see what came of an event.
 *
 * <pre>{@code
 * @AgentTest
 * class NotificationAgentTests {
 *
 *   @Autowired Chains chains;
 *
 *   @Test
 *   void tellsTheOwnerOfATask() {
 *     String request = chains.publish(new TaskCreated("task-1", "Review", "user-4"));
 *
 *     assertThat(chains.await(request)).hasExactlyEvents("task.created", "notification.sent");
 *   }
 * }
 * }</pre>
 *
 * <p>It is a {@link SpringBootTest} on a random port: the application is the
 * {@code @SpringBootConfiguration} of the package or its parents, or what {@link #classes()} name.
 * In addition there are
 *
 * <ul>
 *   <li>the broker and the database server of {@link io.eventagents.embedded.EmbeddedServers}, one
 *       of each for all tests of the JVM, and a database of its own for each context;
 *   <li>the bean {@link Chains};
 *   <li>a {@link SettableClock} as the {@code Clock}, unless the application has one; it goes with
 *       the system's clock until a test sets it, and again after that test;
 *   <li>settings that make tests quick: topics of 3 partitions, short delays between attempts, a
 *       short poll of the outbox. {@link #properties()} win over them.
 * </ul>
 *
 * <p>A test that stops the broker or the database starts its own and names it by {@code
 * spring.kafka.bootstrap-servers} and {@code spring.datasource.*} in a
 * {@code @DynamicPropertySource}; then the shared one is not started.
 *
 * <p>Contexts share the topics of the broker, one context works at a time (Spring pauses the
 * others), and each starts at the end of what earlier ones left: agents handle nothing of it, and
 * {@link Chains} do not show it. Within a context, tests tell their events apart by the correlation
 * id. An agent that keeps its own position ({@code RecordLog}) reads all that is on the broker.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest
public @interface AgentTest {

  /** The application; by default it is looked for as {@link SpringBootTest#classes()} says. */
  @AliasFor(annotation = SpringBootTest.class, attribute = "classes")
  Class<?>[] classes() default {};

  /** Settings of this test, {@code name=value}; they win over all others. */
  @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
  String[] properties() default {};

  /** Whether HTTP is served, and where; by default on a random port. */
  @AliasFor(annotation = SpringBootTest.class, attribute = "webEnvironment")
  WebEnvironment webEnvironment() default WebEnvironment.RANDOM_PORT;

  /**
   * Whether there is a database. Without one the context is up some seconds sooner; its agents are
   * of kind {@code NONE}, and it publishes nothing. By default there is one where the application
   * has JDBC.
   */
  boolean database() default true;
}
