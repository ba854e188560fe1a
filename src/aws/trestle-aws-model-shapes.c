/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <string.h>

#include "aws/trestle-aws-model-reader.h"

/* Takes over what the indented lines brought. */
void
trestle_aws_reader_close_shape (TrestleAwsReader *self)
{
  if (self->shape == NULL)
    return;

  if (self->members->len > 0)
    {
      gsize size = self->members->len * sizeof (TrestleAwsMember);

      self->shape->members = trestle_aws_model_alloc (self->model, size);
      self->shape->n_members = self->members->len;
      memcpy (self->shape->members, self->members->data, size);
      g_array_set_size (self->members, 0);
    }
  if (self->values->len > 0)
    {
      gsize size = self->values->len * sizeof (char *);
      gpointer *values = trestle_aws_model_alloc (self->model, size + sizeof (char *));

      memcpy (values, self->values->pdata, size);
      self->shape->values = (const char *const *) values;
      g_ptr_array_set_size (self->values, 0);
    }
  self->shape = NULL;
}

static gboolean
read_exception (TrestleAwsReader *self, TrestleAwsShape *shape)
{
  TrestleAwsException *exception = trestle_aws_model_alloc (self->model, sizeof *exception);
  const char *text;

  shape->is_exception = TRUE;
  exception->shape = shape->name;
  exception->code = shape->name;
  while ((text = trestle_aws_reader_word (self)) != NULL)
    {
      if (g_str_has_prefix (text, "code="))
        exception->code = text + strlen ("code=");
      else if (g_str_has_prefix (text, "status="))
        {
          if (!trestle_aws_reader_guint (self, text + strlen ("status="), &exception->status))
            return FALSE;
        }
      else if (g_str_has_prefix (text, "as="))
        shape->wire_name = text + strlen ("as=");
      else if (g_str_has_prefix (text, "xmlns="))
        shape->xml_namespace = text + strlen ("xmlns=");
      else
        return trestle_aws_reader_fail (self, "unknown word “%s”", text);
    }
  g_hash_table_insert (self->model->exceptions, (gpointer) exception->shape, exception);
  g_hash_table_insert (self->model->exceptions, (gpointer) exception->code, exception);
  return TRUE;
}

static gboolean
read_shape_words (TrestleAwsReader *self, TrestleAwsShape *shape)
{
  const char *text;

  while ((text = trestle_aws_reader_word (self)) != NULL)
    {
      const char *value = strchr (text, '=');
      gsize length = value != NULL ? (gsize) (value++ - text) : strlen (text);

#define IS(name) (length == strlen (name) && strncmp (text, name, length) == 0)
      if (value == NULL)
        {
          if (IS ("exception"))
            return read_exception (self, shape);
          if (IS ("union"))
            shape->is_union = TRUE;
          else if (IS ("event-stream"))
            shape->is_event_stream = TRUE;
          else if (IS ("flattened"))
            shape->flattened = TRUE;
          else
            return trestle_aws_reader_fail (self, "unknown word “%s”", text);
        }
      else if (IS ("min"))
        {
          shape->has_min = TRUE;
          if (!trestle_aws_reader_double (self, value, &shape->min))
            return FALSE;
        }
      else if (IS ("max"))
        {
          shape->has_max = TRUE;
          if (!trestle_aws_reader_double (self, value, &shape->max))
            return FALSE;
        }
      else if (IS ("as"))
        shape->wire_name = value;
      else if (IS ("element"))
        shape->element_name = value;
      else if (IS ("key"))
        shape->key_name = value;
      else if (IS ("xmlns"))
        shape->xml_namespace = value;
      else if (IS ("prefix"))
        shape->xml_prefix = value;
      else if (IS ("element-xmlns"))
        shape->element_namespace = value;
      else if (IS ("key-xmlns"))
        shape->key_namespace = value;
      else if (IS ("time"))
        {
          if (!trestle_aws_reader_time (self, value, &shape->time_format))
            return FALSE;
        }
      else
        return trestle_aws_reader_fail (self, "unknown word “%s”", text);
#undef IS
    }

  return TRUE;
}

gboolean
trestle_aws_reader_shape (TrestleAwsReader *self, TrestleAwsShapeKind kind)
{
  const char *name = trestle_aws_reader_word (self);
  TrestleAwsShape *shape;

  if (name == NULL)
    return trestle_aws_reader_fail (self, "the name of the shape is missing");
  shape = trestle_aws_reader_refer (self, name);
  if (!g_hash_table_add (self->defined, shape))
    return trestle_aws_reader_fail (self, "“%s” is there twice", name);

  shape->kind = kind;
  self->shape = shape;
  if (kind == TRESTLE_AWS_SHAPE_MAP && !trestle_aws_reader_refer_next (self, &shape->key))
    return FALSE;
  if ((kind == TRESTLE_AWS_SHAPE_MAP || kind == TRESTLE_AWS_SHAPE_LIST)
      && !trestle_aws_reader_refer_next (self, &shape->element))
    return FALSE;
  return read_shape_words (self, shape);
}

static gboolean
read_member (TrestleAwsReader *self, const char *name)
{
  static const TrestleAwsReaderName places[] = {
    { "uri", TRESTLE_AWS_LOCATION_URI },       { "query", TRESTLE_AWS_LOCATION_QUERY },
    { "header", TRESTLE_AWS_LOCATION_HEADER }, { "headers", TRESTLE_AWS_LOCATION_HEADERS },
    { "status", TRESTLE_AWS_LOCATION_STATUS },
  };
  TrestleAwsMember member = { .name = name, .wire_name = name };
  const char *text;

  if (!trestle_aws_reader_refer_next (self, &member.shape))
    return FALSE;

  while ((text = trestle_aws_reader_word (self)) != NULL)
    {
      int place = 0;

      if (g_str_equal (text, "required"))
        member.required = TRUE;
      else if (g_str_has_prefix (text, "as="))
        member.wire_name = text + strlen ("as=");
      else if (g_str_has_prefix (text, "in="))
        {
          if (!trestle_aws_reader_name (self, places, G_N_ELEMENTS (places), text + strlen ("in="),
                                        &place))
            return FALSE;
          member.location = (TrestleAwsLocation) place;
        }
      else if (g_str_equal (text, "payload"))
        member.payload = TRUE;
      else if (g_str_equal (text, "streaming"))
        member.streaming = TRUE;
      else if (g_str_equal (text, "token"))
        member.token = TRUE;
      else if (g_str_equal (text, "flattened"))
        member.flattened = TRUE;
      else if (g_str_equal (text, "attribute"))
        member.attribute = TRUE;
      else if (g_str_equal (text, "event-payload"))
        member.event_payload = TRUE;
      else if (g_str_equal (text, "event-header"))
        member.event_header = TRUE;
      else if (g_str_equal (text, "json"))
        member.json = TRUE;
      else if (g_str_has_prefix (text, "time="))
        {
          if (!trestle_aws_reader_time (self, text + strlen ("time="), &member.time_format))
            return FALSE;
        }
      else if (g_str_has_prefix (text, "xmlns="))
        member.xml_namespace = text + strlen ("xmlns=");
      else if (g_str_has_prefix (text, "prefix="))
        member.xml_prefix = text + strlen ("prefix=");
      else
        return trestle_aws_reader_fail (self, "unknown word “%s”", text);
    }

  g_array_append_val (self->members, member);
  return TRUE;
}

/* "\s" is a space, "\\" a backslash; the text only gets shorter. */
static char *
unescape (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    {
      if (*from == '\\' && from[1] != '\0')
        {
          from++;
          *to++ = *from == 's' ? ' ' : *from;
        }
      else
        *to++ = *from;
    }
  *to = '\0';
  return text;
}

gboolean
trestle_aws_reader_shape_detail (TrestleAwsReader *self)
{
  const char *name;
  char *value;

  if (self->shape->kind == TRESTLE_AWS_SHAPE_STRUCTURE)
    return (name = trestle_aws_reader_word (self)) != NULL
               ? read_member (self, name)
               : trestle_aws_reader_fail (self, "the name of the member is missing");

  name = trestle_aws_reader_word (self);
  if (g_strcmp0 (name, "pattern") == 0)
    {
      self->shape->pattern = self->at != NULL ? self->at : "";
      self->at = NULL;
      return TRUE;
    }
  if (g_strcmp0 (name, "enum") != 0)
    return trestle_aws_reader_fail (self, "unknown word “%s”", name != NULL ? name : "");

  while ((value = trestle_aws_reader_word (self)) != NULL)
    g_ptr_array_add (self->values, strchr (value, '\\') != NULL ? unescape (value) : value);
  return TRUE;
}
