package io.eventagents;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of an emitted payload record that is about a person: who somebody is or how to
 * reach them.
 *
 * <pre>{@code
 * @EventType("invoice.issued")
 * record InvoiceIssued(@EntityKey String invoiceId, @Personal String customerId) {}
 * }</pre>
 *
 * <p>The owner of the event marks it. Nothing changes on the wire; the catalog of events has {@code
 * "x-personal": true} there, and the audit's console masks it for those who lack the right to see
 * it. If the component is a record, a list or a map, all of it is personal.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Personal {}
