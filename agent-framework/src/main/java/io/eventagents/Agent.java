package io.eventagents;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets what the types of an agent bean do not say. A bean of type {@code Function<Event<T>, R>} or
 * {@code Consumer<Event<T>>} is an agent without it.
 *
 * <pre>{@code
 * @Bean
 * @Agent(effects = Effects.EXTERNAL)
 * Function<Event<TaskCreated>, NotificationSent> notificationSms(SmsGateway gateway) { ... }
 * }</pre>
 *
 * <p>On the {@code @Bean} method, or on the class that implements the function; the method wins.
 * What an operator tunes (concurrency, retries, maximum age) is a setting, {@code
 * event-agents.agents.<name>.*}.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Agent {

  /**
   * The agent's name: its consumer group and the {@code source} of what it emits. Lower case,
   * digits and hyphens; by default the bean's name in kebab case ({@code notificationSms} is {@code
   * notification-sms}).
   */
  String name() default "";

  /** What the agent does besides returning events. */
  Effects effects() default Effects.NONE;

  /**
   * Whether events of a key wait behind one that failed. {@link Ordering#STRICT} needs a kind with
   * a database.
   */
  Ordering ordering() default Ordering.PASSING;

  /**
   * A regular expression of the topics to read, such as {@code .*-events}; only for a {@link
   * RecordLog} or a {@code Consumer<RecordBatch>}. Topics that appear later are included. Empty for
   * agents of events, whose topics follow from their types.
   */
  String topics() default "";

  /**
   * Which events to take; only for an agent of {@code Event<JsonNode>}, whose types are settings.
   * None by default; agents of payload records take the events of those.
   */
  Class<? extends EventTypes> eventTypes() default EventTypes.class;
}
