@NullMarked
package io.eventagents.notification.push;

import org.jspecify.annotations.NullMarked;
