@NullMarked
package io.eventagents.notification.deferral;

import org.jspecify.annotations.NullMarked;
