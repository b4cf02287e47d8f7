/**
 * When a recurring task is due again, by the rules of RFC 5545.
 *
 * <p>Free of the database and of Spring.
 */
@NullMarked
package io.eventagents.scheduling.recurrence;

import org.jspecify.annotations.NullMarked;
