/** Mail over SMTP. */
@NullMarked
package io.eventagents.notification.email;

import org.jspecify.annotations.NullMarked;
