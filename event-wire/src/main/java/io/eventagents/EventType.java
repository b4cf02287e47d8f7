package io.eventagents;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the event that a payload record is the data of.
 *
 * <pre>{@code
 * @EventType("task.created")
 * record TaskCreated(String taskId, String title, @Nullable Instant dueAt) {}
 * }</pre>
 *
 * <p>The record is the application's own view: for an event that it reads, only the fields that it
 * needs; others are ignored. Components are {@code snake_case} on the wire. In a
 * {@code @NullMarked} package a component that is not {@code @Nullable} is required; an event
 * without it is dead-lettered with the reason.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {

  /**
   * The name, {@code domain.action}: lower case, the action in the past tense, since an event is a
   * fact. The domain gives the topic: {@code task.created} lives on {@code task-events}. An
   * imperative ({@code task.create}) fails the start.
   */
  String value();
}
