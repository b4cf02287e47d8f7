package io.eventagents.notification.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.eventagents.InvalidSetting;
import io.eventagents.notification.trigger.Triggers;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A template that was read and checked. Thread-safe. */
final class MessageTemplate {

  private static final Pattern LINE = Pattern.compile("(?s)(.*?)(?: @ line (\\d+))?");
  private static final Pattern UNESCAPED = Pattern.compile("\\{\\{\\s*[{&=]");
  private static final Pattern INCLUDED = Pattern.compile("\\{\\{\\s*[><$]");
  private static final Set<String> ALWAYS = Set.of(".", "this", "-first", "-last", "-index");

  private final Template template;

  private MessageTemplate(Template template) {
    this.template = template;
  }

  /**
   * Reads a template.
   *
   * @throws InvalidSetting if it does not parse, names an unknown field, or inserts something
   *     unescaped; with file and line
   */
  static MessageTemplate of(TemplateFile file) {
    refuse(file, UNESCAPED, "inserts something unescaped, or changes the delimiters");
    refuse(file, INCLUDED, "includes another template");
    Set<String> names = TemplateModel.names(file.name().event());
    if (names == null) {
      throw new InvalidSetting(
          "%s: there are no messages about '%s'".formatted(file.place(), file.name().event()),
          "Name its folder %s, or one of %s."
              .formatted(TemplateName.DIGEST, new TreeSet<>(Triggers.types().keySet())));
    }
    Template template = compile(file);
    template.visit(new Check(file, names));
    return new MessageTemplate(template);
  }

  String render(Map<String, @Nullable Object> model) {
    return template.execute(model);
  }

  private static Template compile(TemplateFile file) {
    try {
      return Mustache.compiler()
          .withEscaper(Form.of(file.name().channel(), file.name().part()).escaper())
          .nullValue("")
          .emptyStringIsFalse(true)
          .compile(file.text());
    } catch (MustacheException e) {
      Matcher matcher = LINE.matcher(String.valueOf(e.getMessage()));
      boolean found = matcher.matches();
      throw broken(
          file,
          found && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : 1,
          found ? String.valueOf(matcher.group(1)) : "it does not parse");
    } catch (IndexOutOfBoundsException e) {
      throw broken(file, line(file.text(), "\\{\\{\\s*[#^/]?\\s*}}"), "a tag without a name");
    }
  }

  private static void refuse(TemplateFile file, Pattern pattern, String what) {
    Matcher matcher = pattern.matcher(file.text());
    if (matcher.find()) {
      throw broken(file, lineAt(file.text(), matcher.start()), "it " + what);
    }
  }

  private static InvalidSetting broken(TemplateFile file, int line, String what) {
    return new InvalidSetting(
        "%s, line %d: %s".formatted(file.place(), line, what), "Correct the template.");
  }

  private static int line(String text, String regex) {
    Matcher matcher = Pattern.compile(regex).matcher(text);
    return matcher.find() ? lineAt(text, matcher.start()) : 1;
  }

  private static int lineAt(String text, int position) {
    return 1
        + (int) text.substring(0, position).chars().filter(character -> character == '\n').count();
  }

  /** Checks every tag. */
  private record Check(TemplateFile file, Set<String> names) implements Mustache.Visitor {

    @Override
    public void visitText(String text) {
      if (text.contains("{{")) {
        throw broken(
            file,
            lineAt(file.text(), Math.max(0, file.text().lastIndexOf("{{"))),
            "a tag that does not end");
      }
    }

    @Override
    public void visitVariable(String name) {
      known(name);
    }

    @Override
    public boolean visitInclude(String name) {
      return false;
    }

    @Override
    public boolean visitSection(String name) {
      known(name);
      return true;
    }

    @Override
    public boolean visitInvertedSection(String name) {
      known(name);
      return true;
    }

    private void known(String name) {
      if (!names.contains(name) && !ALWAYS.contains(name)) {
        throw broken(
            file,
            line(file.text(), "\\{\\{\\s*[#^]?\\s*" + Pattern.quote(name) + "\\s*}}"),
            "there is no field '%s'; there are %s".formatted(name, names));
      }
    }
  }
}
