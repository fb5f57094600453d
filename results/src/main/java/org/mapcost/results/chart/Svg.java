package org.mapcost.results.chart;

import java.awt.Dimension;
import java.io.StringWriter;
import java.text.DecimalFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.DefaultErrorHandler;
import org.apache.batik.svggen.DefaultExtensionHandler;
import org.apache.batik.svggen.DefaultStyleHandler;
import org.apache.batik.svggen.ImageHandlerBase64Encoder;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// Figures as SVG that looks alike on every host. Every colour is a fill or stroke attribute, so a
/// style sheet can exchange the themes.
public final class Svg {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private static final String CLIP = "clip-path";

  private static final Pattern RGB = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");

  /// How a picture brings its letters.
  public enum Letters {
    /// As outlines: larger, and the same in every program that shows SVG.
    OUTLINES,
    /// As text in the families `Roboto` and `Roboto Bold`, which the page around it must hold.
    TEXT
  }

  private Svg() {}

  /// The `svg` element of a figure, to stand in a page or a file.
  ///
  /// @param id unique in the page; all other ids in the element begin with it
  public static String of(
      Figure figure, Theme theme, int width, int height, Letters letters, String id) {
    // Before anything else asks for letters: it says what is missing where there are none.
    Typeface.bundled();
    Document document = document();
    SVGGraphics2D g2 = new SVGGraphics2D(new Context(document, id), letters == Letters.OUTLINES);
    g2.setSVGCanvasSize(new Dimension(width, height));
    figure.draw(g2, theme, width, height);
    Element svg = g2.getRoot();
    g2.dispose();
    normalise(svg);
    clipTogether(svg);
    withoutSharedId(svg);
    svg.removeAttribute("contentScriptType");
    svg.removeAttribute("zoomAndPan");
    svg.setAttribute("viewBox", "0 0 " + width + " " + height);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-labelledby", id + "-title " + id + "-desc");
    Node first = svg.getFirstChild();
    svg.insertBefore(text(document, "title", id + "-title", figure.title()), first);
    svg.insertBefore(text(document, "desc", id + "-desc", figure.description()), first);
    return serialise(svg);
  }

  /// The style rules that turn pictures of one theme below `selector` into the other.
  public static String recolour(String selector, Theme from, Theme to) {
    StringBuilder css = new StringBuilder();
    for (Tone tone : Tone.values()) {
      for (String property : new String[] {"fill", "stroke"}) {
        css.append(
            "%s [%s=\"%s\"]{%s:%s}\n"
                .formatted(selector, property, from.hex(tone), property, to.hex(tone)));
      }
    }
    return css.toString();
  }

  /// The generator's default, with a format of numbers of its own: the default's is one for all
  /// pictures, and pictures are drawn at the same time.
  private static final class Context extends SVGGeneratorContext {
    private static final int DECIMALS = 2;

    Context(Document document, String id) {
      super(document);
      setIDGenerator(new PrefixedIds(id));
      setExtensionHandler(new DefaultExtensionHandler());
      setImageHandler(new ImageHandlerBase64Encoder());
      setStyleHandler(new DefaultStyleHandler());
      setErrorHandler(new DefaultErrorHandler());
      setPrecision(DECIMALS);
      decimalFormat = (DecimalFormat) decimalFormat.clone();
    }
  }

  private static final class PrefixedIds extends SVGIDGenerator {
    private final String prefix;

    PrefixedIds(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public String generateID(String kind) {
      return prefix + "-" + super.generateID(kind);
    }
  }

  /// Colours as `#rrggbb`, whichever of its spellings the generator chose.
  private static void normalise(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      Matcher rgb = RGB.matcher(attribute.getNodeValue());
      if (rgb.matches()) {
        attribute.setNodeValue(
            String.format(
                Locale.ROOT,
                "#%02x%02x%02x",
                Integer.parseInt(rgb.group(1)),
                Integer.parseInt(rgb.group(2)),
                Integer.parseInt(rgb.group(3))));
      } else if (attribute.getNodeValue().equals("white")) {
        attribute.setNodeValue("#ffffff");
      }
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element below) {
        normalise(below);
      }
    }
  }

  /// The generator clips every mark by itself; neighbours with the same clip become one group that
  /// has it, which takes a tenth off a picture of many marks.
  private static void clipTogether(Element parent) {
    Element group = null;
    Node next;
    for (Node child = parent.getFirstChild(); child != null; child = next) {
      next = child.getNextSibling();
      if (!(child instanceof Element each)) {
        continue;
      }
      clipTogether(each);
      String clip = each.getAttribute(CLIP);
      if (clip.isEmpty() || each.hasAttribute("transform")) {
        group = null;
      } else if (group != null && group.getAttribute(CLIP).equals(clip)) {
        each.removeAttribute(CLIP);
        group.appendChild(each);
      } else if (next instanceof Element other && other.getAttribute(CLIP).equals(clip)) {
        group = parent.getOwnerDocument().createElementNS(NAMESPACE, "g");
        group.setAttribute(CLIP, clip);
        parent.insertBefore(group, each);
        each.removeAttribute(CLIP);
        group.appendChild(each);
      } else {
        group = null;
      }
    }
  }

  /// The generator gives every picture an element of the same id, empty unless it uses patterns.
  private static void withoutSharedId(Element svg) {
    NodeList defs = svg.getElementsByTagNameNS(NAMESPACE, "defs");
    for (int i = 0; i < defs.getLength(); i++) {
      if (defs.item(i) instanceof Element each && each.getAttribute("id").equals("genericDefs")) {
        each.removeAttribute("id");
      }
    }
  }

  private static Element text(Document document, String name, String id, String text) {
    Element element = document.createElementNS(NAMESPACE, name);
    element.setAttribute("id", id);
    element.setTextContent(text);
    return element;
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newDefaultNSInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String serialise(Element svg) {
    try {
      TransformerFactory factory = TransformerFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      Transformer transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(svg), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
  }
}
