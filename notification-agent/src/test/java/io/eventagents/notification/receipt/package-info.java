@NullMarked
package io.eventagents.notification.receipt;

import org.jspecify.annotations.NullMarked;
