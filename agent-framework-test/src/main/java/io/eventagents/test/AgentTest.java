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
 * A test of a complete agent application: all its beans, on a real Kafka broker and a real
 * PostgreSQL server in the test's process, with {@link Chains} to see what follows from an event.
 *
 * <pre>{@code
 * @AgentTest
 * class NotificationAgentTests {
 *
 *   @Autowired Chains chains;
 *
 *   @Test
 *   void notifiesTheOwnerOfATask() {
 *     String request = chains.publish(new TaskCreated("task-1", "Review", "user-4"));
 *
 *     assertThat(chains.await(request)).hasExactlyEvents("task.created", "notification.sent");
 *   }
 * }
 * }</pre>
 *
 * <p>It is a {@link SpringBootTest} on a random port. The application is the
 * {@code @SpringBootConfiguration} of the package or its parents, or the classes in {@link
 * #classes()}. In addition, the test has
 *
 * <ul>
 *   <li>the broker and the database server of {@link io.eventagents.embedded.EmbeddedServers},
 *       shared by all tests of the JVM, and a separate database for each context;
 *   <li>the bean {@link Chains};
 *   <li>a {@link SettableClock} as the {@code Clock}, unless the application has its own; it
 *       follows the system's clock until a test sets it, and again after that test;
 *   <li>settings that make tests fast: topics with 3 partitions, short delays between attempts, a
 *       short poll interval of the outbox. {@link #properties()} override them.
 * </ul>
 *
 * <p>A test that stops the broker or the database must bring its own and set {@code
 * spring.kafka.bootstrap-servers} or {@code spring.datasource.*} in a
 * {@code @DynamicPropertySource}; the shared one is not started then.
 *
 * <p>Contexts share the topics of the broker. One context works at a time (Spring pauses the
 * others), and each starts after the events of earlier contexts: its agents don't handle them, and
 * {@link Chains} do not show them. Within a context, tests distinguish their events by the
 * correlation id. An agent that keeps its own position ({@code RecordLog}) reads everything on the
 * broker.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest
public @interface AgentTest {

  /** The application; by default it is found as {@link SpringBootTest#classes()} describes. */
  @AliasFor(annotation = SpringBootTest.class, attribute = "classes")
  Class<?>[] classes() default {};

  /** Settings of this test as {@code name=value}; they override all others. */
  @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
  String[] properties() default {};

  /** Whether and on which port HTTP is served; by default on a random port. */
  @AliasFor(annotation = SpringBootTest.class, attribute = "webEnvironment")
  WebEnvironment webEnvironment() default WebEnvironment.RANDOM_PORT;

  /**
   * Whether there is a database. Without one, the context starts some seconds faster, but its
   * agents must be without effects ({@code NONE}) and it has no outbox. By default, there is one if
   * the application has JDBC.
   */
  boolean database() default true;
}
