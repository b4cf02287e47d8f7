@NullMarked
package io.eventagents.notification.sms;

import org.jspecify.annotations.NullMarked;
