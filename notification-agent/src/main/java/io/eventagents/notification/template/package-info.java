/** What a message says. */
@NullMarked
package io.eventagents.notification.template;

import org.jspecify.annotations.NullMarked;
