@NullMarked
package io.eventagents.audit.story;

import org.jspecify.annotations.NullMarked;
