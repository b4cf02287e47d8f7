@NullMarked
package io.eventagents.notification.directory;

import org.jspecify.annotations.NullMarked;
