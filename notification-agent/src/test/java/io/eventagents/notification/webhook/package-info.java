@NullMarked
package io.eventagents.notification.webhook;

import org.jspecify.annotations.NullMarked;
