package io.eventagents;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the component of an emitted payload record whose value is the record key: the id of the
 * entity that the event is about. Events of one key are handled in order.
 *
 * <pre>{@code
 * @EventType("invoice.issued")
 * record InvoiceIssued(@EntityKey String invoiceId, String orderId) {}
 * }</pre>
 *
 * <p>Without it an event inherits the key of its cause. What an {@code EventPublisher} publishes
 * has no cause to inherit from and needs it. At most one component of a record; its value is
 * written with {@link String#valueOf(Object)} as UTF-8 and must not be null.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface EntityKey {}
