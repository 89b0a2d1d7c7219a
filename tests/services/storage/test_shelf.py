from services.storage.memory.shelf import Shelf


def test_what_lies_on_the_shelf_is_as_it_was_put_there():
    shelf, texts = Shelf(), [b"", "石桥里停水".encode() * 1000, b"x"]
    places = [shelf.put(text) for text in texts]
    assert [shelf.get(place) for place in reversed(places)] == texts[::-1]
    assert places[1].length < len(texts[1])
