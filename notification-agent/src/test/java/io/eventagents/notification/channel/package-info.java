@NullMarked
package io.eventagents.notification.channel;

import org.jspecify.annotations.NullMarked;
