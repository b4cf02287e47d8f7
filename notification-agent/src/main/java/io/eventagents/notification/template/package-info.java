/** The wording of messages. */
@NullMarked
package io.eventagents.notification.template;

import org.jspecify.annotations.NullMarked;
