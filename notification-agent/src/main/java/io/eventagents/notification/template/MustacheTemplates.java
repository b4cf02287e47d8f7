package io.eventagents.notification.template;

import io.eventagents.InvalidSetting;
import io.eventagents.notification.template.TemplateName.Part;
import io.eventagents.notification.trigger.Trigger;
import io.eventagents.notification.trigger.Triggers;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Templates in Mustache, read and checked once, at the start. The parts of a message in one
 * language belong together. If the folder has one of them, it must have all of them, so that no
 * mail mixes two wordings.
 */
final class MustacheTemplates implements Templates {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<TemplateName.Key, Map<Part, MessageTemplate>> messages = new LinkedHashMap<>();

  /**
   * Reads the templates.
   *
   * @param builtIn the built-in templates
   * @param own the templates that replace them
   * @throws InvalidSetting if one of them is wrong, or a part is missing
   */
  MustacheTemplates(Collection<TemplateFile> builtIn, Collection<TemplateFile> own) {
    Set<TemplateName.Key> replaced =
        own.stream().map(file -> file.name().key()).collect(Collectors.toUnmodifiableSet());
    builtIn.stream().filter(file -> !replaced.contains(file.name().key())).forEach(this::add);
    own.forEach(this::add);
    messages.forEach(MustacheTemplates::complete);
    List<String> events = new ArrayList<>(Triggers.types().keySet());
    events.add(TemplateName.DIGEST);
    for (String event : events) {
      TemplateName.Key fallback = new TemplateName.Key(event, TemplateName.ANY_CHANNEL, "");
      if (!messages.containsKey(fallback)) {
        throw missing(fallback, Part.TEXT);
      }
    }
    cards(own);
  }

  @Override
  public RenderedMessage render(String channel, Trigger trigger, Locale language, ZoneId zone) {
    return render(
        find(Triggers.eventType(trigger.getClass()), channel, language),
        TemplateModel.of(trigger, language, zone));
  }

  @Override
  public RenderedMessage digest(
      String channel, List<? extends Trigger> triggers, Locale language, ZoneId zone) {
    return render(
        find(TemplateName.DIGEST, channel, language), TemplateModel.of(triggers, language, zone));
  }

  private static RenderedMessage render(
      Map<Part, MessageTemplate> parts, Map<String, @Nullable Object> model) {
    String text = part(parts, Part.TEXT, model);
    String subject = part(parts, Part.SUBJECT, model);
    return new RenderedMessage(
        // The template limits the length of a title. This limit is for the text around it.
        OneLine.of(subject == null ? "" : subject, 1_000),
        text == null ? "" : text,
        part(parts, Part.HTML, model),
        part(parts, Part.CARD, model));
  }

  private static @Nullable String part(
      Map<Part, MessageTemplate> parts, Part part, Map<String, @Nullable Object> model) {
    MessageTemplate template = parts.get(part);
    return template == null ? null : template.render(model).strip();
  }

  /**
   * The most specific template that exists. That of the channel comes before the default, and de-AT
   * before de before none.
   */
  private Map<Part, MessageTemplate> find(String event, String channel, Locale language) {
    for (String name : List.of(channel, TemplateName.ANY_CHANNEL)) {
      for (String tag : tags(language)) {
        Map<Part, MessageTemplate> parts = messages.get(new TemplateName.Key(event, name, tag));
        if (parts != null) {
          return parts;
        }
      }
    }
    throw new IllegalStateException("There is no template for '%s'".formatted(event));
  }

  private static List<String> tags(Locale language) {
    List<String> tags = new ArrayList<>();
    for (String tag = language.toLanguageTag(); !tag.isEmpty(); ) {
      tags.add(tag);
      tag = tag.substring(0, Math.max(0, tag.lastIndexOf('-')));
    }
    tags.add("");
    return tags;
  }

  private void add(TemplateFile file) {
    messages
        .computeIfAbsent(file.name().key(), key -> new EnumMap<>(Part.class))
        .put(file.name().part(), MessageTemplate.of(file));
  }

  private static void complete(TemplateName.Key key, Map<Part, MessageTemplate> parts) {
    if (!parts.containsKey(Part.TEXT)) {
      throw missing(key, Part.TEXT);
    }
    if (key.channel().equals("email") && !parts.containsKey(Part.SUBJECT)) {
      throw missing(key, Part.SUBJECT);
    }
  }

  private static InvalidSetting missing(TemplateName.Key key, Part part) {
    return new InvalidSetting(
        "The template %s is missing".formatted(key.file(part)),
        "Add it. The parts of a message in one language belong together, so provide all or none.");
  }

  /** Otherwise a card that is not JSON would be noticed only when it is sent. */
  private void cards(Collection<TemplateFile> files) {
    for (TemplateFile file : files) {
      if (file.name().part() == Part.CARD) {
        MessageTemplate template = MessageTemplate.of(file);
        try {
          JSON.readTree(template.render(TemplateModel.example(file.name().event())));
        } catch (JacksonException e) {
          throw new InvalidSetting(
              "%s, line %d: with values filled in, it is not JSON: %s"
                  .formatted(
                      file.place(),
                      Math.max(1, e.getLocation().getLineNr()),
                      e.getOriginalMessage()),
              "Correct the template; values are inserted without quotes.");
        }
      }
    }
  }
}
