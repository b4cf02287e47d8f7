/** The tables of the application. */
@NullMarked
package io.eventagents.notification.database;

import org.jspecify.annotations.NullMarked;
