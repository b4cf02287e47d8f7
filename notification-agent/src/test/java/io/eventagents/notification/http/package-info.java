@NullMarked
package io.eventagents.notification.http;

import org.jspecify.annotations.NullMarked;
