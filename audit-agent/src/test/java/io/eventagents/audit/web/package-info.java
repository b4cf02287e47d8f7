@NullMarked
package io.eventagents.audit.web;

import org.jspecify.annotations.NullMarked;
